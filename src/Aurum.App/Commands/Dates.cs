using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary>Dates and instants as people type them.</summary>
internal static class Dates
{
    /// <exception cref="CommandException">Not a date.</exception>
    public static LocalDate Parse(string text, string option) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } parsed
            ? parsed.Value
            : throw new CommandException(ExitCodes.BadInput, $"{option}: expected a date like 2026-11-20, found '{text}'");
}
