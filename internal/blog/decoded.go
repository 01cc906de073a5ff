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

// readTOML reads front matter as TOML.
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
	addDecoded(all, b, root)
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
		addDecoded(all, b, root)
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

// addDecoded adds the values of the root table, then those of the tables in it
// that count like its own.
func addDecoded(all fields, b block, root map[string]any) {
	keys := slices.Sorted(maps.Keys(root))
	for _, key := range keys {
		name := keyName(key)
		if _, there := all[name]; !there {
			all[name] = decodedField(b, key, root[key])
		}
	}
	for _, table := range keys {
		inner, _ := root[table].(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(inner)) {
			name := lifted(table, key)
			if _, there := all[name]; name != "" && !there {
				all[name] = decodedField(b, key, inner[key])
			}
		}
	}
}

func decodedField(b block, key string, value any) field {
	f := field{line: keyLine(b, key), value: decodedScalars(nil, value, 0)}
	switch value := value.(type) {
	case []any, []map[string]any:
		f.list = true
	case map[string]any:
		f.table = true
		for _, key := range slices.Sorted(maps.Keys(value)) {
			switch value[key].(type) {
			case string, []any:
				f.names = decodedScalars(f.names, value[key], 0)
			case map[string]any, []map[string]any:
			default:
				f.names = append(f.names, key)
			}
		}
		f.names = f.names[:min(len(f.names), maxScalars)]
	}
	return f
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
	case []map[string]any:
		for _, item := range v {
			list = decodedScalars(list, item, depth+1)
		}
		return list
	case map[string]any: // the name of one in a list
		for _, key := range []string{"name", "title"} {
			if name, ok := v[key].(string); ok && depth > 0 {
				return append(list, name)
			}
		}
		return list
	case nil:
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
