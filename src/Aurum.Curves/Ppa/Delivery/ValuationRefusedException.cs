namespace Aurum.Curves.Ppa.Delivery;

/// <summary>A contract that the view of the market does not allow to value.</summary>
/// <param name="message">What was expected and what was found.</param>
public sealed class ValuationRefusedException(string message) : Exception(message);
