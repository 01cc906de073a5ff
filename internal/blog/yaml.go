package blog

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"lectern/internal/text"
)

const (
	maxNesting = 4    // of lists in lists; real posts have two
	maxScalars = 256  // of a value, doubles among them
	maxLifted  = 1024 // keys of tables in front matter
)

// readYAML reads front matter as YAML. It looks at the nodes and takes scalars
// as they are written: no type is guessed, so a date in any form and a number
// as a title stay what the author typed, a key given twice does no harm (the
// last wins), and an alias is followed only where a value is read, never
// expanded as a whole. It returns nil fields for text that is no mapping.
func readYAML(b block) (fields, []fault, *fault) {
	root, broken := yamlMapping(b.head, b.headLine)
	if broken != nil && strings.Contains(b.head, "\t") {
		// Hexo takes tabs for indentation, and so do its authors.
		// Where the first key is indented, YAML ends at the first that is not.
		again, worse := yamlMapping(untabbed(b.head), b.headLine)
		if worse == nil && again != nil && indent(strings.TrimLeft(b.head, "\n")) == 0 {
			root, broken = again, nil
		}
	}
	if broken != nil {
		return nil, nil, broken
	}
	if root == nil {
		return nil, nil, nil
	}
	all := fields{}
	var warnings []fault
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, node := root.Content[i], root.Content[i+1]
		name := keyName(key.Value)
		line := b.headLine + key.Line - 1
		if _, twice := all[name]; twice {
			warnings = append(warnings, fault{line, fmt.Sprintf("the key %q is given twice", name), "the last one counts; remove the other"})
		}
		all[name] = yamlField(node, line)
	}
	steps := maxLifted // aliases make few bytes many tables
	for i := 0; i+1 < len(root.Content); i += 2 {
		table, inner := root.Content[i], target(root.Content[i+1])
		for j := 0; inner.Kind == yaml.MappingNode && j+1 < len(inner.Content) && steps > 0; j += 2 {
			steps--
			name := lifted(table.Value, inner.Content[j].Value)
			if _, there := all[name]; name != "" && !there {
				all[name] = yamlField(inner.Content[j+1], b.headLine+inner.Content[j].Line-1)
			}
		}
	}
	return all, warnings, nil
}

// untabbed is YAML with blanks for the tabs that indent it.
func untabbed(head string) string {
	var b strings.Builder
	for line := range strings.Lines(head) {
		rest := strings.TrimLeft(line, " \t-")
		b.WriteString(strings.ReplaceAll(line[:len(line)-len(rest)], "\t", "  "))
		b.WriteString(rest)
	}
	return b.String()
}

func yamlField(node *yaml.Node, line int) field {
	kind := target(node).Kind
	f := field{line: line, value: scalars(node), list: kind == yaml.SequenceNode, table: kind == yaml.MappingNode}
	if f.table {
		f.names = tableNames(target(node))
	}
	return f
}

// tableNames are the strings in the values of a mapping, and the keys of those
// that have none: {go: 3, by: [ssh]} lists go and ssh.
func tableNames(table *yaml.Node) []string {
	var names []string
	for i := 0; i+1 < len(table.Content) && i/2 < MaxTags; i += 2 {
		key, value := table.Content[i], target(table.Content[i+1])
		if value.Kind == yaml.SequenceNode || value.Kind == yaml.ScalarNode && value.ShortTag() == "!!str" && value.Value != "" {
			names = append(names, scalars(value)...)
		} else if value.Kind == yaml.ScalarNode {
			names = append(names, key.Value)
		}
	}
	return names[:min(len(names), maxScalars)]
}

// yamlMapping parses src, whose first line is the line of a file. It returns
// nil when src holds no mapping but text, and an empty one for nothing at all.
func yamlMapping(src string, line int) (*yaml.Node, *fault) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(src), &doc); err != nil {
		return nil, yamlFault(src, err, line)
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return &yaml.Node{Kind: yaml.MappingNode}, nil
	}
	if root := doc.Content[0]; root.Kind == yaml.MappingNode {
		return root, nil
	}
	return nil, nil
}

// yamlLine is how the parser names a line.
var yamlLine = regexp.MustCompile(`(?s)^line (\d+): (.*)$`)

// yamlFault makes a fault of the parser's error, "yaml: line 3: …".
func yamlFault(src string, err error, line int) *fault {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	said := 1
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		message = m[2]
		if n, err := strconv.Atoi(m[1]); err == nil {
			said = n
		}
	}
	line += brokenLine(src, said) - 1
	f := &fault{line: line, message: "not YAML: " + text.Field(message, 200), mend: "see that each line is key: value"}
	switch {
	case strings.Contains(message, "mapping values are not allowed"):
		f.mend = `a value that holds ": " must stand in quotes`
	case strings.Contains(message, "cannot start any token"), strings.Contains(message, "tab"):
		f.mend = "indent with spaces, not tabs; put a value that begins with a sign in quotes"
	case strings.Contains(message, "unknown anchor"), strings.Contains(message, "alphabetic or numeric"):
		f.mend = "put a value that begins with * or & in quotes"
	case strings.Contains(message, "quoted scalar"), strings.Contains(message, "escape"):
		f.mend = "close the quotes; inside double quotes a backslash is written twice"
	case strings.Contains(message, "did not find expected"):
		f.mend = "see to the quotes, brackets and indentation here and in the line above"
	}
	return f
}

// brokenLine finds the line on which the broken piece of src begins: the one
// behind the longest run of whole lines that parses. The line that yaml v3.0.6
// names is one too low for some errors, and for others the one where the
// mapping around it begins; it serves for texts too long to try.
func brokenLine(src string, said int) int {
	const maxLines, maxBytes = 200, 8 << 10
	lines := strings.SplitAfter(src, "\n")
	if len(lines) > maxLines || len(src) > maxBytes {
		return said
	}
	for end := len(src); len(lines) > 0; lines = lines[:len(lines)-1] {
		end -= len(lines[len(lines)-1])
		var doc yaml.Node
		if yaml.Unmarshal([]byte(src[:end]), &doc) == nil {
			return len(lines)
		}
	}
	return 1
}

// target follows an alias.
func target(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode && node.Alias != nil {
		return node.Alias
	}
	return node
}

// scalars are the scalars of a value, lists within lists flattened, at most
// maxScalars. A null is none, and so is a mapping, but for the name of one in a list.
func scalars(node *yaml.Node) []string {
	var list []string
	// Aliases make few bytes many lists, and lists may hold nothing that counts.
	steps := maxScalars * maxNesting
	var walk func(node *yaml.Node, depth int)
	walk = func(node *yaml.Node, depth int) {
		if steps--; steps < 0 || depth > maxNesting || len(list) == maxScalars {
			return
		}
		node = target(node)
		switch {
		case node.Kind == yaml.ScalarNode && node.Tag != "!!null":
			list = append(list, node.Value)
		case node.Kind == yaml.SequenceNode:
			for _, item := range node.Content {
				walk(item, depth+1)
			}
		case node.Kind == yaml.MappingNode && depth > 0:
			if name := nodeName(node); name != nil {
				walk(name, depth)
			}
		}
	}
	walk(node, 0)
	return list
}

// nodeName is the value that names a mapping, nil for none.
func nodeName(table *yaml.Node) *yaml.Node {
	for _, key := range []string{"name", "title"} {
		for i := 0; i+1 < len(table.Content); i += 2 {
			if value := target(table.Content[i+1]); table.Content[i].Value == key && value.Kind == yaml.ScalarNode {
				return value
			}
		}
	}
	return nil
}
