namespace XenVlan.Changes.Persistence.Domains;

/// <summary>Takes a domain's file apart, as Xen's <c>libxlu_cfg_l.l</c> does.</summary>
internal sealed class ConfigLexer(ConfigSource source)
{
    private readonly string _text = source.Text;
    private readonly bool _isXl = source.Dialect is ConfigDialect.XL;
    private int _at;
    private int _line = 1;

    /// <summary>Takes the file apart.</summary>
    /// <returns>Its pieces; the last is the end of the file.</returns>
    /// <exception cref="Model.XenVlanException">All of <see cref="ConfigSource.Error"/>: something is no piece of such a file.</exception>
    public IReadOnlyList<ConfigToken> Read()
    {
        var tokens = new List<ConfigToken>();
        do tokens.Add(Next());
        while (tokens[^1].Kind is not ConfigTokenKind.End);
        return tokens;
    }

    private ConfigToken Next()
    {
        SkipBlanks();
        if (_at == _text.Length)
            return new ConfigToken(ConfigTokenKind.End, _at, "", _line);

        var start = _at;
        switch (_text[_at])
        {
            case '\n' or '#':
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end + 1;
                return new ConfigToken(ConfigTokenKind.LineBreak, start, "", _line++);
            case '\'' or '"':
                return Quoted();
            case '+' when _at + 1 < _text.Length && _text[_at + 1] == '=':
                return Take(ConfigTokenKind.Symbol, 2);
            case ',' or '[' or ']' or '=' or ';':
                return Take(ConfigTokenKind.Symbol, 1);
            case '(' or ')' or '-' when !_isXl:
                return Take(ConfigTokenKind.Symbol, 1);
            case '\r':
                throw source.Error(_line, $"the line ends in CR LF, which xl does not read", $"write it with LF alone, as dos2unix does");
            case var c when IsNameStart(c):
                return Take(ConfigTokenKind.Name, Length(IsNamePart));
            case var c when char.IsAsciiDigit(c):
                return Take(
                    ConfigTokenKind.Number,
                    Length(
                        _isXl ? c => char.IsAsciiDigit(c) || c is (>= 'a' and <= 'f') or 'x' : c => char.IsAsciiLetterOrDigit(c) || c == '.'
                    )
                );
            case var c:
                throw source.Error(_line, $"{c.ToString()} is not expected here");
        }
    }

    private void SkipBlanks()
    {
        while (
            _at < _text.Length
            && (_text[_at] is ' ' or '\t' || (!_isXl && _text[_at] == '\r' && _at + 1 < _text.Length && _text[_at + 1] == '\n'))
        )
            _at++;
    }

    private ConfigToken Quoted()
    {
        var quote = _text[_at];
        var start = _at + 1;
        for (var i = start; i < _text.Length && _text[i] != '\n'; i++)
        {
            if (_text[i] == quote)
            {
                _at = i + 1;
                return new ConfigToken(ConfigTokenKind.Text, start, _text[start..i], _line);
            }

            if (_text[i] == '\\')
                i++;
        }

        throw source.Error(_line, $"a text has no closing {quote.ToString():unquoted} on its line");
    }

    private ConfigToken Take(ConfigTokenKind kind, int length)
    {
        var token = new ConfigToken(kind, _at, _text.Substring(_at, length), _line);
        _at += length;
        return token;
    }

    private int Length(Func<char, bool> belongs)
    {
        var end = _at + 1;
        while (end < _text.Length && belongs(_text[end]))
            end++;
        return end - _at;
    }

    private bool IsNameStart(char c) => char.IsAsciiLetterLower(c) || (!_isXl && (char.IsAsciiLetter(c) || c == '_'));

    private bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c is '.' or '_';
}
