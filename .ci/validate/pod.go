package main

import (
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// goodbye is how long the server takes leave of its readers.
const goodbye = 5 * time.Second

// commands are what each image has that a probe may run.
var commands = map[string][]string{
	"lectern": {"/lectern health"},
	"valkey":  {"valkey-cli ping"},
}

// alive are the paths that tell a process which is there from one that is not, by image.
var alive = map[string]string{"lectern": "/healthz"}

// hung is how long a container may take to stop that did not answer a probe.
const hung = time.Minute

// pod checks a pod: what it mounts is there, and it may do no more than it must.
func (c *cluster) pod(where string, pod *corev1.PodSpec) {
	security := pod.SecurityContext
	if security == nil || security.RunAsNonRoot == nil || !*security.RunAsNonRoot || security.RunAsUser == nil || *security.RunAsUser == 0 {
		c.bad("%s: may run as root", where)
	}
	if security == nil || security.SeccompProfile == nil || security.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		c.bad("%s: no seccomp profile", where)
	}
	if pod.AutomountServiceAccountToken == nil || *pod.AutomountServiceAccountToken {
		c.bad("%s: is given a token of the API server", where)
	}
	volumes := map[string]bool{} // and whether it is mounted
	for _, v := range pod.Volumes {
		volumes[v.Name] = false
		if v.Secret != nil {
			if c.secrets[v.Secret.SecretName] == nil {
				c.bad("%s: secret %s is not there", where, v.Secret.SecretName)
			}
			if v.Secret.DefaultMode == nil || *v.Secret.DefaultMode&0o037 != 0 {
				c.bad("%s: secret %s can be read by others", where, v.Secret.SecretName)
			}
		}
		if v.ConfigMap != nil && c.configs[v.ConfigMap.Name] == nil {
			c.bad("%s: config map %s is not there", where, v.ConfigMap.Name)
		}
	}
	all := slices.Concat(pod.InitContainers, pod.Containers)
	for i := range all {
		c.container(where+", container "+all[i].Name, &all[i], pod)
		for _, m := range all[i].VolumeMounts {
			if _, ok := volumes[m.Name]; !ok {
				c.bad("%s: mounts %s, which is no volume of its pod", where, m.Name)
			}
			volumes[m.Name] = true
		}
	}
	for name, mounted := range volumes {
		if !mounted {
			c.bad("%s: volume %s is mounted nowhere", where, name)
		}
	}
}

func (c *cluster) container(where string, container *corev1.Container, pod *corev1.PodSpec) {
	if !pinned(container.Image) {
		c.bad("%s: image %s: which one?", where, container.Image)
	}
	if container.Resources.Limits.Memory().IsZero() || container.Resources.Limits.Cpu().IsZero() {
		c.bad("%s: no limits", where)
	}
	s := container.SecurityContext
	if s == nil || s.ReadOnlyRootFilesystem == nil || !*s.ReadOnlyRootFilesystem ||
		s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation ||
		s.Capabilities == nil || !slices.Equal(s.Capabilities.Drop, []corev1.Capability{"ALL"}) || len(s.Capabilities.Add) > 0 {
		c.bad("%s: may do more than it must", where)
	}
	for _, probe := range []*corev1.Probe{container.StartupProbe, container.LivenessProbe, container.ReadinessProbe} {
		if probe == nil {
			continue
		}
		if probe.Exec != nil && !slices.Contains(commands[container.Name], strings.Join(probe.Exec.Command, " ")) {
			c.bad("%s: a probe runs %q, which is not known to be there", where, probe.Exec.Command)
		}
		if probe.HTTPGet != nil {
			c.port(where, probe.HTTPGet.Port, []*corev1.PodSpec{pod})
		}
		if probe.TCPSocket != nil {
			c.port(where, probe.TCPSocket.Port, []*corev1.PodSpec{pod})
		}
		if probe.TimeoutSeconds > probe.PeriodSeconds && probe.FailureThreshold < 2 {
			c.bad("%s: a probe that takes longer than its period", where)
		}
	}
	if live := container.LivenessProbe; live != nil && alive[container.Name] != "" &&
		(live.HTTPGet == nil || live.HTTPGet.Path != alive[container.Name]) {
		c.bad("%s: restarted for more than being dead, want liveness by %s", where, alive[container.Name])
	}
	for _, probe := range []*corev1.Probe{container.StartupProbe, container.LivenessProbe} {
		wait := pod.TerminationGracePeriodSeconds
		if probe != nil && probe.TerminationGracePeriodSeconds != nil {
			wait = probe.TerminationGracePeriodSeconds
		}
		if probe != nil && wait != nil && time.Duration(*wait)*time.Second > hung {
			c.bad("%s: takes %d seconds to be restarted when it hangs", where, *wait)
		}
	}
	needed := goodbye
	for _, e := range container.Env {
		if e.Name != "LECTERN_GRACE" {
			continue
		}
		grace, err := time.ParseDuration(e.Value)
		if err != nil {
			c.bad("%s: %s: %w", where, e.Name, err)
		}
		needed += grace
	}
	if l := container.Lifecycle; l != nil && l.PreStop != nil && l.PreStop.Sleep != nil {
		needed += time.Duration(l.PreStop.Sleep.Seconds) * time.Second
	}
	if killed := pod.TerminationGracePeriodSeconds; needed > goodbye && (killed == nil || time.Duration(*killed)*time.Second <= needed) {
		c.bad("%s: killed before it has said goodbye, which takes %v", where, needed)
	}
}
