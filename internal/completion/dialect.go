package completion

import (
	"strings"
	"text/template"
)

// dialects are what the templates of each shell call. Only quote may write what is
// not known to be a plain word.
func dialects() map[string]template.FuncMap {
	return map[string]template.FuncMap{
		"bash": {"quote": quote, "flagWords": flagWords, "join": join},
		"zsh":  {"quote": quote, "spec": zshSpec, "argument": zshArgument, "describe": zshDescribe},
		"fish": {"quote": quoteFish, "flagWord": flagWord},
	}
}

// quote is s as one word of bash, zsh and sh.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// quoteFish is s as one word of fish, which knows two escapes between quotes.
func quoteFish(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

func join(words []string) string { return strings.Join(words, " ") }

// flagWord is a flag as bash and fish read it: --name, --name= with a value that
// cannot be listed, or --name=one,two.
func flagWord(f Flag) string {
	if !f.Takes && len(f.Values) == 0 {
		return "--" + f.Name
	}
	return "--" + f.Name + "=" + strings.Join(f.Values, ",")
}

func flagWords(flags []Flag) string {
	var words []string
	for _, f := range flags {
		words = append(words, flagWord(f))
	}
	return join(words)
}

// zshSpec is a flag as _arguments of zsh reads it.
func zshSpec(f Flag) string {
	spec := "--" + f.Name
	if f.Takes || len(f.Values) > 0 {
		spec += "="
	}
	spec += "[" + strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(f.Summary) + "]"
	switch {
	case len(f.Values) > 0:
		spec += ":" + f.Name + ":(" + join(f.Values) + ")"
	case f.Takes:
		spec += ":" + f.Name + ": "
	}
	return spec
}

// zshArgument is the first argument of a verb as _arguments reads it, or nothing.
func zshArgument(v Verb) string {
	switch {
	case v.Slug && len(v.Values) > 0:
		return "1:argument:{_lectern_posts; _wanted values expl value compadd - " + join(v.Values) + "}"
	case v.Slug:
		return "1:post:_lectern_posts"
	case len(v.Values) > 0:
		return "1:argument:(" + join(v.Values) + ")"
	}
	return ""
}

// zshDescribe is a verb as _describe reads it.
func zshDescribe(v Verb) string {
	return v.Name + ":" + strings.ReplaceAll(v.Summary, `\`, `\\`)
}
