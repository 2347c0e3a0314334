using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>Looks names of rows up. The line is only asked for at a new name: counting it in XML is work.</summary>
internal static class OasisNames
{
    public static T Of<T>(NameTable<T> names, IOasisRows rows, OasisField field)
        where T : class =>
        names.Find(rows[field]) ?? names.Add(rows[field], rows.Line);
}
