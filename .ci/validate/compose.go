package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// compose loads a Compose file as `docker compose` does, which holds it to the schema, and
// then looks at what the schema does not know: that every service is bounded and closed.
func compose(name string) (string, []error) {
	details := types.ConfigDetails{
		WorkingDir:  filepath.Dir(name),
		ConfigFiles: []types.ConfigFile{{Filename: name}},
		Environment: types.Mapping{},
	}
	project, err := loader.LoadWithContext(context.Background(), details)
	if err != nil {
		return "", []error{err}
	}
	var errs []error
	fixed := map[string]bool{} // the addresses that services have for good
	for service, s := range project.Services {
		for _, n := range s.Networks {
			if n != nil && n.Ipv4Address != "" {
				fixed[n.Ipv4Address] = true
			}
		}
		for _, err := range composeService(project, s) {
			errs = append(errs, fmt.Errorf("service %s: %w", service, err))
		}
	}
	for service, s := range project.Services {
		trusted, ok := s.Environment["LECTERN_TRUST_PROXY"]
		if ok && trusted != nil && !fixed[*trusted] {
			errs = append(errs, fmt.Errorf("service %s: trusts %s, which is no service's fixed address", service, *trusted))
		}
	}
	return fmt.Sprintf("%d services", len(project.Services)), errs
}

func composeService(project *types.Project, s types.ServiceConfig) (errs []error) {
	bad := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	bad(s.ReadOnly, "its root can be written to")
	bad(slices.Equal(s.CapDrop, []string{"ALL"}) && len(s.CapAdd) == 0, "has capabilities")
	bad(slices.Contains(s.SecurityOpt, "no-new-privileges:true"), "may get new privileges")
	bad(s.User != "" && !strings.HasPrefix(s.User, "0"), "runs as root")
	// With unless-stopped, a container that was sent a SIGHUP by `docker kill` is down after a reboot.
	bad(s.Restart == types.RestartPolicyAlways, "restart: %q, want always", s.Restart)
	bad(s.HealthCheck != nil && len(s.HealthCheck.Test) > 0, "has no health check")
	bad(s.Build != nil || strings.Contains(s.Image, ":") && !strings.HasSuffix(s.Image, ":latest"), "image %s: which one?", s.Image)
	if grace := s.Environment["LECTERN_GRACE"]; grace != nil {
		d, err := time.ParseDuration(*grace)
		bad(err == nil && s.StopGracePeriod != nil && time.Duration(*s.StopGracePeriod) > d+goodbye, "killed before it has said goodbye")
	}
	if s.Deploy == nil || s.Deploy.Resources.Limits == nil {
		return append(errs, errors.New("has no limits"))
	}
	limits := s.Deploy.Resources.Limits
	bad(limits.MemoryBytes > 0 && limits.NanoCPUs > 0 && limits.Pids > 0, "limits: want memory, cpus and pids")
	for _, v := range s.Volumes {
		if v.Type == types.VolumeTypeBind {
			_, err := os.Stat(v.Source)
			bad(err == nil, "mounts %s, which is not there", v.Source)
		}
	}
	for name, n := range s.Networks {
		if n == nil || n.Ipv4Address == "" {
			continue
		}
		addr, err := netip.ParseAddr(n.Ipv4Address)
		in := err == nil && slices.ContainsFunc(project.Networks[name].Ipam.Config, func(pool *types.IPAMPool) bool {
			p, err := netip.ParsePrefix(pool.Subnet)
			return err == nil && p.Contains(addr)
		})
		bad(in, "address %s is not in the network %s", n.Ipv4Address, name)
	}
	return errs
}
