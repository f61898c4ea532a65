namespace XenVlan.Topology.Reading;

/// <summary>A key whose value, or each of whose values, is a single value.</summary>
/// <typeparam name="T">What it is read into.</typeparam>
/// <param name="Name">The key.</param>
/// <param name="Format">How its value is written.</param>
/// <param name="Description">What it means, in one line.</param>
/// <param name="Form">How its values are laid out.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record ValueKey<T>(
    string Name,
    DocumentFormat<T> Format,
    string Description,
    KeyForm Form = KeyForm.Single,
    bool IsRequired = false)
    : DocumentKey(Name, Format.Name, Description, Form, IsRequired);
