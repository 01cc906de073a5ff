package command

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"lectern/internal/text"
)

// usageError says what is wrong with a command line, and what would be right.
func usageError(env *Env, args []string, err error) error {
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		slug, _, _ := strings.Cut(args[0], "#")
		if verbNamed(args[0]) == nil && len(env.Library.Near(slug, 1)) == 0 {
			return noVerb(args[0])
		}
	}
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		if v := parse.Context.Selected(); v != nil && !v.Hidden {
			return fail(Usage, "%s; usage: %s", complaint(err.Error(), v.Positional), usageOf(v))
		}
	}
	return fail(Usage, "%s; try help", complaint(err.Error(), nil))
}

// What kong says of values, which names types of Go and not the words of help.
var (
	noValue    = regexp.MustCompile(`^(--\S+): expected \w+ value but got "EOL" \(<EOL>\)$`)
	flagValue  = regexp.MustCompile(`^(--\S+): expected \w+ value but got (".*") \([a-z ]+\); perhaps try .*$`)
	noNumber   = regexp.MustCompile(`expected a valid \d+ bit int but got `)
	noneOf     = regexp.MustCompile(`^(--\S+)? ?must be one of (".*") but got (".*")$`)
	listOfEnum = strings.NewReplacer(`"`, "", ",", ", ")
)

// complaint is what kong says of a command line, in the words of help.
func complaint(said string, arguments []*kong.Positional) string {
	for _, p := range arguments {
		if said == "expected "+strconv.Quote(p.Summary()) {
			return p.Tag.PlaceHolder + " is missing"
		}
		if rest, ok := strings.CutPrefix(said, p.ShortSummary()); ok {
			if said = strings.TrimSpace(rest); p.Enum == "" {
				said = p.Tag.PlaceHolder + said
			}
		}
	}
	if m := noValue.FindStringSubmatch(said); m != nil {
		return m[1] + " needs a value"
	}
	if m := flagValue.FindStringSubmatch(said); m != nil {
		if value, err := strconv.Unquote(m[2]); err == nil {
			return m[1] + " needs a value; if " + m[2] + " is it, write " + m[1] + "=" + text.Field(value, 40)
		}
	}
	if m := noneOf.FindStringSubmatch(said); m != nil {
		if m[1] != "" {
			m[1] += ": "
		}
		return m[1] + m[3] + " is none of " + listOfEnum.Replace(m[2])
	}
	if at := noNumber.FindStringIndex(said); at != nil {
		return said[:at[0]] + said[at[1]:] + " is no number"
	}
	return said
}
