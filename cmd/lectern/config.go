package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// maxConfig is how many bytes a file of settings may have.
const maxConfig = 64 << 10

// A configFile names the file that --config reads, a mapping in YAML: the name of a flag of serve to what it is set to. The command line goes before the variables, and these before the file.
type configFile string

// BeforeResolve implements kong's hook: the file is read before what is not set is looked up in it.
func (c configFile) BeforeResolve(parser *kong.Kong, ctx *kong.Context, trace *kong.Path) error {
	path, ok := ctx.FlagValue(trace.Flag).(configFile)
	if !ok || path == "" {
		return nil
	}
	s, err := readSettings(string(path), settingNames(parser.Model.Node))
	if err != nil {
		return fmt.Errorf("--config %s: %w", path, err)
	}
	ctx.AddResolver(s)
	return nil
}

// settings are values of flags, by the name of a setting, and the file that they are from. A value is a string, or a list of
// them.
type settings struct {
	path   string
	values map[string]any
}

// Validate implements kong.Resolver.
func (*settings) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver. A value that the flag does not take is an error here, where the file can be named.
func (s *settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := s.values[settingName(flag)]
	if !ok || variableOf(flag) != "" { // which goes first
		return nil, nil
	}
	if _, list := value.([]any); list && flag.Target.Kind() != reflect.Slice {
		return nil, fmt.Errorf("in %s: it takes one value, not a list", s.path)
	}
	trial := reflect.New(flag.Target.Type()).Elem()
	if err := flag.Parse(kong.Scan().PushTyped(value, kong.FlagValueToken), trial); err != nil {
		return nil, fmt.Errorf("in %s: %w", s.path, err)
	}
	return value, nil
}

// variableOf returns the environment variable that sets a flag, or "".
func variableOf(flag *kong.Flag) string {
	for _, name := range flag.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return name
		}
	}
	return ""
}

// settingName returns what a flag is called in a file, or "" for one that no file can set. Flags of several commands that
// share a variable are one setting.
func settingName(flag *kong.Flag) string {
	if len(flag.Envs) == 0 || flag.Name == "config" {
		return ""
	}
	return settingOf(flag.Envs[0])
}

// settingOf returns what a variable is called in a file.
func settingOf(variable string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(variable, "LECTERN_")), "_", "-")
}

// settingNames returns all that can be set in a file.
func settingNames(node *kong.Node) (names []string) {
	for _, flag := range node.Flags {
		if name := settingName(flag); name != "" {
			names = append(names, name)
		}
	}
	for _, child := range node.Children {
		names = append(names, settingNames(child)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// plainName is what a setting may be called.
var plainName = regexp.MustCompile(`^[a-z_-]{1,32}$`)

// readSettings reads a file whose settings are among known.
func readSettings(path string, known []string) (*settings, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // or a pipe would wait for its writer
	if err != nil {
		return nil, errors.Unwrap(err) // the path is said already
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.New("not a file")
	}
	b, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	if len(b) > maxConfig {
		return nil, fmt.Errorf("it is longer than %d bytes", maxConfig)
	}
	s := &settings{path, make(map[string]any)}
	var doc, more yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	if err := decoder.Decode(&doc); errors.Is(err, io.EOF) {
		return s, nil
	} else if err != nil {
		return nil, err
	}
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, errors.New("it has a second document, after ---")
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("line %d: write settings as NAME: VALUE, for example listen: :22", top.Line)
	}
	for i := 0; i < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		name := key.Value
		if !slices.Contains(known, name) {
			said := fmt.Sprintf("%q", name)
			if !plainName.MatchString(name) {
				said = "of that name" // it may be a secret at the wrong place
			}
			return nil, fmt.Errorf("line %d: there is no setting %s; there are: %s", key.Line, said, strings.Join(known, ", "))
		}
		if _, again := s.values[name]; again {
			return nil, fmt.Errorf("line %d: %s is set twice", key.Line, name)
		}
		switch {
		case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
		case value.Kind == yaml.ScalarNode:
			s.values[name] = value.Value
		case value.Kind == yaml.SequenceNode && !slices.ContainsFunc(value.Content, func(n *yaml.Node) bool { return n.Kind != yaml.ScalarNode }):
			list := make([]any, len(value.Content))
			for i, n := range value.Content {
				list[i] = n.Value
			}
			s.values[name] = list
		default:
			return nil, fmt.Errorf("line %d: %s takes a value, or a list of them", value.Line, name)
		}
	}
	return s, nil
}

// configCmd takes the flags of serve.
type configCmd struct {
	serveCmd
}

// Run implements the command: what it prints is a file of settings.
func (c *configCmd) Run(e *env, ctx *kong.Context) error {
	for _, name := range strangers(ctx.Model.Node) {
		fmt.Fprintf(e.stderr, "lectern: %s: there is no such variable; it changes nothing\n", name)
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	file := ""
	for _, flag := range ctx.Flags() {
		if flag.Name == "config" {
			file = fmt.Sprint(flag.Target.Interface())
		}
	}
	for _, flag := range ctx.Selected().Flags {
		name := settingName(flag)
		if name == "" {
			continue
		}
		value := &yaml.Node{}
		if err := value.Encode(shown(flag.Target.Interface())); err != nil {
			return fmt.Errorf("show %s: %w", name, err)
		}
		value.Style = yaml.FlowStyle // a list in one line
		line, err := yaml.Marshal(map[string]*yaml.Node{name: value})
		if err != nil {
			return fmt.Errorf("show %s: %w", name, err)
		}
		fmt.Fprintf(w, "%s\t# %s\n", bytes.TrimSpace(line), origin(ctx, flag, file))
	}
	return w.Flush()
}

// strangers returns the variables that look like ours and are none.
func strangers(node *kong.Node) (names []string) {
	known := settingNames(node)
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if strings.HasPrefix(name, "LECTERN_") && name != "LECTERN_CONFIG" && !slices.Contains(known, settingOf(name)) {
			names = append(names, name)
		}
	}
	return names
}

// origin says what set a flag.
func origin(ctx *kong.Context, flag *kong.Flag, file string) string {
	for _, p := range ctx.Path {
		switch {
		case p.Flag != flag:
		case p.Resolved:
			return file
		default:
			return "--" + flag.Name
		}
	}
	if name := variableOf(flag); name != "" {
		return name
	}
	return "default"
}

// hiddenPassword is what stands for a password.
const hiddenPassword = "xxxxx"

// shown is a flag's value for everybody to see: without the password of an address. Durations are words.
func shown(value any) any {
	switch v := value.(type) {
	case string:
		if u, err := url.Parse(v); err == nil && u.User != nil {
			if _, there := u.User.Password(); there {
				u.User = url.UserPassword(u.User.Username(), hiddenPassword)
			}
			return u.String()
		}
	case fmt.Stringer:
		return v.String()
	}
	return value
}
