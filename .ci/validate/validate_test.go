package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const deploy = "../../deploy"

// mistake spoils one file of a copy of what is checked.
type mistake struct{ file, old, spoiled, want string }

func spoil(t *testing.T, dir string, m mistake) {
	t.Helper()
	path := filepath.Join(dir, m.file)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), m.old) {
		t.Fatalf("%s: there is no %q", m.file, m.old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), m.old, m.spoiled, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func finds(t *testing.T, errs []error, want string) {
	t.Helper()
	if err := errors.Join(errs...); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestMistakesInKubernetesAreFound(t *testing.T) {
	copied := func(t *testing.T) string {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(deploy, "kubernetes"))); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "base/hostkeys/ssh_host_ed25519_key"), []byte("a key"), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	if _, errs := kubernetes(filepath.Join(copied(t), "base")); len(errs) > 0 {
		t.Fatalf("without a mistake: %v", errs)
	}
	for name, m := range map[string]mistake{
		"unknown field":      {"base/deployment.yaml", "enableServiceLinks: false", "enableServiceLink: false", `unknown field "spec.template.spec.enableServiceLink"`},
		"repeated field":     {"base/service.yaml", "type: LoadBalancer", "type: LoadBalancer\n  type: NodePort", "already"},
		"other labels":       {"base/deployment.yaml", "    metadata:\n      labels:\n        app.kubernetes.io/name: lectern", "    metadata:\n      labels:\n        app.kubernetes.io/name: other", "selects no pod of its own"},
		"service of nobody":  {"base/service.yaml", "app.kubernetes.io/name: lectern", "app.kubernetes.io/name: other", "service lectern: selects"},
		"service's port":     {"base/service.yaml", "targetPort: ssh", "targetPort: sshd", "port sshd is none"},
		"policy's port":      {"base/network.yaml", "- port: http", "- port: https", "port https is none"},
		"egress's port":      {"base/network.yaml", "- port: 6379", "- port: 6380", "port 6380 is none"},
		"policy of nobody":   {"base/network.yaml", "app.kubernetes.io/name: lectern-limits", "app.kubernetes.io/name: limits", "selects"},
		"probe's command":    {"base/deployment.yaml", "command: [/lectern, health]", "command: [/lectern, healthy]", "a probe runs"},
		"restarted if full":  {"base/deployment.yaml", "httpGet:\n              path: /healthz\n              port: http", "exec:\n              command: [/lectern, health]", "more than being dead"},
		"restarted if empty": {"base/deployment.yaml", "path: /healthz", "path: /readyz", "more than being dead"},
		"liveness's port":    {"base/deployment.yaml", "path: /healthz\n              port: http", "path: /healthz\n              port: https", "port https is none"},
		"hangs for long":     {"base/deployment.yaml", "failureThreshold: 6\n            terminationGracePeriodSeconds: 30", "failureThreshold: 6", "when it hangs"},
		"starts for long":    {"base/deployment.yaml", "failureThreshold: 15\n            terminationGracePeriodSeconds: 30", "failureThreshold: 15", "when it hangs"},
		"scaler's target":    {"base/scale.yaml", "    kind: Deployment\n    name: lectern", "    kind: Deployment\n    name: blog", "scales blog"},
		"scaler's container": {"base/scale.yaml", "container: lectern", "container: server", "container server is not there"},
		"two say how many":   {"base/deployment.yaml", "spec:\n  # No", "spec:\n  replicas: 2\n  # No", "set it back"},
		"budget of nobody":   {"base/scale.yaml", "      app.kubernetes.io/name: lectern", "      app.kubernetes.io/name: blog", "disruption budget lectern: selects"},
		"no such volume":     {"base/deployment.yaml", "- name: content\n              mountPath", "- name: posts\n              mountPath", "mounts posts"},
		"unused volume":      {"base/deployment.yaml", "volumes:\n", "volumes:\n        - name: spare\n          emptyDir: {}\n", "spare is mounted nowhere"},
		"no such config map": {"base/kustomization.yaml", "name: lectern-content", "name: lectern-posts", "config map lectern-content is not there"},
		"open secret":        {"base/deployment.yaml", "defaultMode: 0400", "defaultMode: 0444", "can be read by others"},
		"any image":          {"base/kustomization.yaml", "newTag: 0.0.0", "newTag: latest", "which one?"},
		"root":               {"base/deployment.yaml", "runAsNonRoot: true", "runAsNonRoot: false", "may run as root"},
		"no seccomp":         {"base/deployment.yaml", "type: RuntimeDefault", "type: Unconfined", "no seccomp"},
		"token":              {"base/deployment.yaml", "automountServiceAccountToken: false", "automountServiceAccountToken: true", "token"},
		"writable root":      {"base/deployment.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "more than it must"},
		"no limits":          {"base/deployment.yaml", "limits:\n              cpu: 500m\n              memory: 512Mi", "limits: {}", "no limits"},
		"killed too soon":    {"base/deployment.yaml", "terminationGracePeriodSeconds: 920", "terminationGracePeriodSeconds: 900", "goodbye"},
		"other namespace":    {"base/kustomization.yaml", "namespace: lectern\n", "", "in the namespace"},
		"no such key":        {"base/kustomization.yaml", "hostkeys/ssh_host_ed25519_key", "hostkeys/key", "hostkeys/key"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t)
			spoil(t, dir, m)
			_, errs := kubernetes(filepath.Join(dir, "base"))
			finds(t, errs, m.want)
		})
	}
}

func TestMistakesInComposeFilesAreFound(t *testing.T) {
	for name, m := range map[string]mistake{
		"unknown field":   {"compose.cluster.yaml", "stop_grace_period:", "grace_period:", "grace_period"},
		"writable root":   {"compose.cluster.yaml", "read_only: true", "read_only: false", "written to"},
		"capabilities":    {"compose.cluster.yaml", "cap_drop: [ALL]", "cap_drop: [CHOWN]", "capabilities"},
		"privileges":      {"compose.cluster.yaml", "no-new-privileges:true", "no-new-privileges:false", "new privileges"},
		"root":            {"compose.cluster.yaml", `user: "99:99"`, `user: "0:0"`, "runs as root"},
		"no health check": {"compose.cluster.yaml", `test: ["CMD", "valkey-cli", "ping"]`, `test: []`, "health"},
		"stays down":      {"compose.cluster.yaml", "restart: always", "restart: unless-stopped", "want always"},
		"one stays down":  {"compose.yaml", "restart: always", "restart: unless-stopped", "want always"},
		"any image":       {"compose.cluster.yaml", "haproxy:3.2-alpine", "haproxy", "which one?"},
		"no limit":        {"compose.cluster.yaml", "pids: 256", "pids: 0", "limits: want"},
		"no such file":    {"compose.cluster.yaml", "./haproxy.cfg:", "./proxy.cfg:", "which is not there"},
		"other network":   {"compose.cluster.yaml", "ipv4_address: 10.89.22.11", "ipv4_address: 10.89.23.11", "is not in the network"},
		"killed too soon": {"compose.cluster.yaml", "stop_grace_period: 607s", "stop_grace_period: 600s", "goodbye"},
		"other balancer":  {"compose.cluster.yaml", "LECTERN_TRUST_PROXY: 10.89.22.2", "LECTERN_TRUST_PROXY: 10.89.22.4", "no service's fixed address"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(deploy)); err != nil {
				t.Fatal(err)
			}
			spoil(t, dir, m)
			_, errs := compose(filepath.Join(dir, m.file))
			finds(t, errs, m.want)
		})
	}
}

func TestMistakesInTheReleaseAreFound(t *testing.T) {
	for name, m := range map[string]mistake{
		"unknown field": {".goreleaser.yaml", "goarch:", "goarchs:", "goarchs"},
		"old version":   {".goreleaser.yaml", "version: 2", "version: 1", "version"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			text, err := os.ReadFile("../../.goreleaser.yaml")
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, m.file)
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
			spoil(t, dir, m)
			_, errs := release(path)
			finds(t, errs, m.want)
		})
	}
}
