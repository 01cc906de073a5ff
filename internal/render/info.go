package render

import (
	"path"
	"regexp"
	"strings"

	"lectern/internal/text"
)

// An info is what the line that opens a fence says of the source code below it.
// Programs have many ways to write it: "go", "js {1,3}", "{.js .numberLines}",
// "yaml:config.yml", "src/app.ts", `sh title="Terminal"`, "ts [app.ts]".
type info struct {
	lang  string // as the author named it, at most maxLang cells; empty for none
	title string // of the code, mostly the name of a file, at most maxCodeTitle cells
}

// maxCodeTitle is the cells of a title of source code.
const maxCodeTitle = 60

var (
	// infoTitle is a title among attributes, by any of its names.
	infoTitle = regexp.MustCompile(`(?:^|[\s,:{])(?:title|filename|file|name|caption|label)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s"',{}]+))`)
	// infoFile is a title in brackets behind the language.
	infoFile = regexp.MustCompile(`^\s*\[([^\[\]]+)\]`)
	// infoChanged is a title behind the language of what a diff changes, as Zenn has it.
	infoChanged = regexp.MustCompile(`^\s+[A-Za-z0-9+#-]+:(\S+)`)
	// infoLang is the name of a language.
	infoLang = regexp.MustCompile(`^[A-Za-z0-9+#_./\\-]*`)
)

// infoOf reads the line that opens a fence, behind its marks.
func infoOf(line string) info {
	line = strings.TrimSpace(line[:min(len(line), maxTag)])
	i := info{lang: infoLang.FindString(line)}
	rest := line[len(i.lang):]
	if i.lang == "" && strings.HasPrefix(line, "{") {
		i.lang = classOf(line[1:])
	}
	if file, ok := strings.CutPrefix(rest, ":"); ok {
		i.title, _, _ = strings.Cut(file, " ")
	}
	if m := infoChanged.FindStringSubmatch(rest); m != nil && i.lang == "diff" {
		i.title = m[1]
	}
	if m := infoFile.FindStringSubmatch(rest); m != nil {
		i.title = m[1]
	}
	if m := infoTitle.FindStringSubmatch(rest); m != nil {
		i.title = m[1] + m[2] + m[3]
	}
	if isFile(i.lang) {
		if i.title == "" {
			i.title = i.lang
		}
		i.lang = strings.TrimPrefix(path.Ext(i.lang), ".")
	}
	i.lang = text.Truncate(strings.TrimRight(i.lang, "./\\"), maxLang)
	i.title = text.Truncate(flatten(i.title), maxCodeTitle)
	return i
}

// classOf is the language among attributes in braces: the first class, or the
// first word where there is no class.
func classOf(inner string) string {
	inner, _, _ = strings.Cut(inner, "}")
	first := ""
	for word := range strings.FieldsFuncSeq(inner, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		class, ok := strings.CutPrefix(word, ".")
		switch {
		case strings.HasSuffix(word, ":") || strings.ContainsAny(word, `=#"'`):
		case ok:
			return infoLang.FindString(class)
		case first == "":
			first = infoLang.FindString(word)
		}
	}
	return first
}

// isFile reports whether what stands for a language is the name of a file in one.
func isFile(name string) bool {
	if languages()[strings.ToLower(name)] != nil {
		return false
	}
	ext := strings.TrimPrefix(path.Ext(name), ".")
	return ext != "" && languages()[strings.ToLower(ext)] != nil
}

// label is what is shown of it.
func (i info) label() string {
	if i.title != "" {
		return i.title
	}
	return i.lang
}
