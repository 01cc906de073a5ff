// Lectern is a blog that people read with ssh.
//
//	lectern                    serve the blog (the default)
//	lectern check [DIR]        name what is wrong with a folder of posts
//	lectern config             print each setting, and where it comes from
//	lectern completion SHELL   a script for the shells of its readers
//	lectern health             say whether a server serves posts
//	lectern keygen             make the host key
//	lectern read [SLUG]        the same screens here, without SSH
//	lectern stats [FILE]       how often posts were read, by the logs
//	lectern version            what was built, and from what
//
// Every flag can be given as an environment variable, LECTERN_ and its name, and
// in a file that --config names; an empty variable counts as none. Exit status: 0; 1 when something is wrong; 2 for a
// flag that makes no sense.
//
// SIGTERM or an interrupt ends the server in 5 seconds, in which readers are told
// and get their terminals back, after the time that --grace leaves them; a second one
// ends it at once, with 1.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is the command line. The help texts are the reference for flags.
type cli struct {
	Serve      serveCmd      `cmd:"" default:"withargs" help:"Serve the blog over SSH."`
	Check      checkCmd      `cmd:"" help:"Name what is wrong with a folder of posts; exit 1 if any of it is an error."`
	Health     healthCmd     `cmd:"" help:"Connect as a reader does and exit 1 with a reason if no post can be read."`
	Keygen     keygenCmd     `cmd:"" help:"Make the host key, or show the one that is there."`
	Read       readCmd       `cmd:"" help:"Show the blog in this terminal, without SSH."`
	Config     configCmd     `cmd:"" help:"Print each setting of serve, and where it comes from."`
	Stats      statsCmd      `cmd:"" help:"Add up how often posts were read, by the logs of servers."`
	Completion completionCmd `cmd:"" help:"Print a script with which readers' shells complete what can be asked of a blog."`
	Version    versionCmd    `cmd:"" help:"Print the version."`

	File        configFile       `name:"config" env:"LECTERN_CONFIG" placeholder:"FILE" help:"File of settings in YAML: flags of serve by their names, as listen: :22. The command line and variables go before it."`
	ShowVersion kong.VersionFlag `name:"version" help:"Print the version."`
}

// env is what commands may touch of the world.
type env struct {
	ctx    context.Context // ends with the first SIGTERM or interrupt
	stdout io.Writer
	stderr io.Writer
	args   []string // of the command line
}

// errSaid is an error whose message the command printed itself.
var errSaid = errors.New("said")

func main() {
	for _, v := range os.Environ() {
		if name, ok := strings.CutSuffix(v, "="); ok && strings.HasPrefix(name, "LECTERN_") {
			os.Unsetenv(name) // as compose files write ${NAME:-}
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	go func() {
		<-signals
		stop()
		again := <-signals
		fmt.Fprintf(os.Stderr, "lectern: %v again: stopped at once\n", again)
		os.Exit(1)
	}()
	os.Exit(run(&env{ctx: ctx, stdout: os.Stdout, stderr: os.Stderr}, os.Args[1:]))
}

// run is the whole program: arguments in, exit status out.
func run(e *env, args []string) int {
	exit := -1
	parser, err := newParser(&cli{}, kong.Writers(e.stdout, e.stderr), kong.Exit(func(code int) { exit = code }))
	if err != nil {
		fmt.Fprintf(e.stderr, "lectern: %v\n", err)
		return 2
	}
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 {
		return exit // --help
	}
	if err != nil {
		help := "lectern --help"
		if parseErr := new(kong.ParseError); errors.As(err, &parseErr) && parseErr.Context.Selected() != nil {
			help = "lectern " + parseErr.Context.Selected().Name + " --help"
		}
		fmt.Fprintf(e.stderr, "lectern: %v; try %s\n", err, help)
		return 2
	}
	e.args = args
	switch err := parsed.Run(e); {
	case err == nil:
		return 0
	case errors.Is(err, errSaid):
		return 1
	default:
		fmt.Fprintf(e.stderr, "lectern: %v\n", err)
		return 1
	}
}

// newParser returns a parser of the command line into c.
func newParser(c *cli, options ...kong.Option) (*kong.Kong, error) {
	return kong.New(c, append(options,
		kong.Name("lectern"),
		kong.Description("A blog that people read with ssh. Without a command it serves; lectern serve --help has the flags."),
		kong.Vars{"version": version()},
	)...)
}

// healthCmd checks a server from outside; see health.
type healthCmd struct {
	Addr       string   `env:"LECTERN_LISTEN" default:"localhost:2222" placeholder:"HOST:PORT" help:"Server to check (${default}); an empty host is this machine."`
	Hostkeys   string   `env:"LECTERN_HOSTKEYS" default:"hostkeys" placeholder:"DIR" help:"Folder of the host key that the server must have (${default})."`
	TrustProxy []string `env:"LECTERN_TRUST_PROXY" placeholder:"CIDR" help:"What the server's flag says: from such a network the check begins with the header that the server then requires."`
}

// Validate implements kong's check of the flags.
func (c *healthCmd) Validate() error {
	_, err := balancers(c.TrustProxy)
	return err
}

// Run implements the command.
func (c *healthCmd) Run(e *env) error {
	trusted, err := balancers(c.TrustProxy)
	if err != nil {
		return err
	}
	return health(e.ctx, healthServer{c.Addr, c.Hostkeys, trusted}, e.stderr)
}
