package blog

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"lectern/internal/text"
)

// readTOML reads front matter as TOML. Keys of tables count like those above
// them, as Zola's [taxonomies] and [extra] mean it, unless they are given above.
func readTOML(b block) (fields, []fault, *fault) {
	var root map[string]any
	if _, err := toml.Decode(b.head, &root); err != nil {
		f := &fault{line: b.headLine, message: "not TOML: " + text.Field(err.Error(), 200), mend: "see that each line is key = value, with strings in quotes"}
		if at := new(toml.ParseError); errors.As(err, at) {
			f.line = b.headLine + at.Position.Line - 1
			f.message = "not TOML: " + text.Field(at.Message, 200)
		}
		return nil, nil, f
	}
	all := fields{}
	addDecoded(all, b, root, 0)
	return all, nil, nil
}

// readJSON reads front matter as JSON, and what authors take for it (a comma
// too many) as YAML, which forgives more but does not know every escape.
func readJSON(b block) (fields, []fault, *fault) {
	var root map[string]any
	decoder := json.NewDecoder(strings.NewReader(b.head))
	decoder.UseNumber()
	err := decoder.Decode(&root)
	if err == nil {
		all := fields{}
		addDecoded(all, b, root, 0)
		return all, nil, nil
	}
	if all, warnings, broken := readYAML(b); broken == nil && all != nil {
		return all, warnings, nil
	}
	f := &fault{line: b.headLine, message: "not JSON: " + text.Field(err.Error(), 200), mend: "see to the quotes, commas and brackets here and in the line above"}
	if at := new(json.SyntaxError); errors.As(err, &at) {
		f.line += strings.Count(b.head[:min(int(at.Offset), len(b.head))], "\n")
	}
	return nil, nil, f
}

// addDecoded adds the values of a table that are not there yet, its own before
// those of the tables in it.
func addDecoded(all fields, b block, table map[string]any, depth int) {
	keys := slices.Sorted(maps.Keys(table))
	for _, key := range keys {
		name := strings.ToLower(text.Field(key, MaxTag))
		_, isTable := table[key].(map[string]any)
		if _, there := all[name]; there || isTable {
			continue
		}
		f := field{line: keyLine(b, key)}
		_, f.list = table[key].([]any)
		if f.value = decodedScalars(nil, table[key], 0); f.value != nil {
			all[name] = f
		}
	}
	for _, key := range keys {
		if inner, ok := table[key].(map[string]any); ok && depth < maxNesting {
			addDecoded(all, b, inner, depth+1)
		}
	}
}

// decodedScalars appends the scalars of a value as an author writes them.
func decodedScalars(list []string, v any, depth int) []string {
	if len(list) >= maxScalars || depth > maxNesting {
		return list
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			list = decodedScalars(list, item, depth+1)
		}
		return list
	case nil, map[string]any, []map[string]any:
		return list
	case time.Time:
		// A date without a time of day, or a zone, is one of the library's own
		// locations: it is written without them.
		layout := time.RFC3339
		switch v.Location().String() {
		case "date-local":
			layout = time.DateOnly
		case "datetime-local":
			layout = time.DateTime
		}
		return append(list, v.Format(layout))
	}
	return append(list, fmt.Sprint(v))
}

// keyLine is the line of the file on which a key is written.
func keyLine(b block, key string) int {
	line := b.headLine
	for l := range strings.Lines(b.head) {
		if i := strings.IndexAny(l, "=:"); i > 0 && strings.Trim(strings.TrimSpace(l[:i]), `"'`) == key {
			return line
		}
		line++
	}
	return b.headLine
}
