package main

import (
	"fmt"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// A cluster is what one kustomization makes, all in one namespace.
type cluster struct {
	namespace   string
	deployments map[string]*appsv1.Deployment
	configs     map[string]*corev1.ConfigMap
	secrets     map[string]*corev1.Secret
	services    []*corev1.Service
	policies    []*networkingv1.NetworkPolicy
	scalers     []*autoscalingv2.HorizontalPodAutoscaler
	budgets     []*policyv1.PodDisruptionBudget
	errs        []error
}

func newCluster(objects []runtime.Object) *cluster {
	c := &cluster{deployments: map[string]*appsv1.Deployment{}, configs: map[string]*corev1.ConfigMap{}, secrets: map[string]*corev1.Secret{}}
	for _, object := range objects {
		switch o := object.(type) {
		case *corev1.Namespace:
			c.namespace = o.Name
		case *appsv1.Deployment:
			c.deployments[o.Name] = o
		case *corev1.ConfigMap:
			c.configs[o.Name] = o
		case *corev1.Secret:
			c.secrets[o.Name] = o
		case *corev1.Service:
			c.services = append(c.services, o)
		case *networkingv1.NetworkPolicy:
			c.policies = append(c.policies, o)
		case *autoscalingv2.HorizontalPodAutoscaler:
			c.scalers = append(c.scalers, o)
		case *policyv1.PodDisruptionBudget:
			c.budgets = append(c.budgets, o)
		default:
			c.bad("%T: nothing here knows how to check one", object)
		}
	}
	for _, object := range objects {
		if m, ok := object.(metav1.Object); ok && m.GetNamespace() != c.namespace && m.GetName() != c.namespace {
			c.bad("%T %s: in the namespace %q, not %q", object, m.GetName(), m.GetNamespace(), c.namespace)
		}
	}
	return c
}

func (c *cluster) bad(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

// check looks at everything and returns what is wrong.
func (c *cluster) check() []error {
	for name, d := range c.deployments {
		if selector, err := metav1.LabelSelectorAsSelector(d.Spec.Selector); err != nil || !selector.Matches(labels.Set(d.Spec.Template.Labels)) {
			c.bad("deployment %s: selects no pod of its own", name)
		}
		c.pod("deployment "+name, &d.Spec.Template.Spec)
	}
	for _, s := range c.services {
		pods := c.pods("service "+s.Name, &metav1.LabelSelector{MatchLabels: s.Spec.Selector})
		for _, p := range s.Spec.Ports {
			c.port("service "+s.Name, p.TargetPort, pods)
		}
	}
	for _, p := range c.policies {
		where := "network policy " + p.Name
		pods := c.pods(where, &p.Spec.PodSelector)
		for _, rule := range p.Spec.Ingress {
			c.ports(where, rule.Ports, pods)
			c.peers(where, rule.From)
		}
		for _, rule := range p.Spec.Egress {
			to := c.peers(where, rule.To)
			if len(to) > 0 {
				c.ports(where, rule.Ports, to)
			}
		}
	}
	for _, h := range c.scalers {
		c.scaler(h)
	}
	for _, b := range c.budgets {
		c.pods("disruption budget "+b.Name, b.Spec.Selector)
	}
	return c.errs
}

// pods returns the pods that a selector finds; none is an error.
func (c *cluster) pods(where string, of *metav1.LabelSelector) (found []*corev1.PodSpec) {
	selector, err := metav1.LabelSelectorAsSelector(of)
	if err != nil {
		c.bad("%s: %w", where, err)
		return nil
	}
	for _, d := range c.deployments {
		if selector.Matches(labels.Set(d.Spec.Template.Labels)) {
			found = append(found, &d.Spec.Template.Spec)
		}
	}
	if len(found) == 0 || selector.Empty() {
		c.bad("%s: selects %s, want some pods and not all", where, selector)
	}
	return found
}

// peers returns the pods of this namespace among those a rule of a network policy names.
func (c *cluster) peers(where string, peers []networkingv1.NetworkPolicyPeer) (found []*corev1.PodSpec) {
	for _, p := range peers {
		if p.PodSelector != nil && p.NamespaceSelector == nil {
			found = append(found, c.pods(where, p.PodSelector)...)
		}
	}
	return found
}

func (c *cluster) ports(where string, ports []networkingv1.NetworkPolicyPort, pods []*corev1.PodSpec) {
	if len(ports) == 0 {
		c.bad("%s: a rule with all ports", where)
	}
	for _, p := range ports {
		if p.Port != nil {
			c.port(where, *p.Port, pods)
		}
	}
}

// port checks that each of the pods has a port of this name or number.
func (c *cluster) port(where string, port intstr.IntOrString, pods []*corev1.PodSpec) {
	for _, pod := range pods {
		has := false
		for _, container := range pod.Containers {
			for _, p := range container.Ports {
				has = has || port.StrVal != "" && p.Name == port.StrVal || port.StrVal == "" && p.ContainerPort == port.IntVal
			}
		}
		if !has {
			c.bad("%s: port %s is none of the pod's", where, port.String())
		}
	}
}

func (c *cluster) scaler(h *autoscalingv2.HorizontalPodAutoscaler) {
	where := "autoscaler " + h.Name
	d, ok := c.deployments[h.Spec.ScaleTargetRef.Name]
	if !ok || h.Spec.ScaleTargetRef.Kind != "Deployment" {
		c.bad("%s: scales %s, which is not there", where, h.Spec.ScaleTargetRef.Name)
		return
	}
	if d.Spec.Replicas != nil {
		c.bad("%s: the deployment says how many there are, and each apply would set it back", where)
	}
	for _, m := range h.Spec.Metrics {
		if m.ContainerResource == nil {
			continue
		}
		if container := find(d.Spec.Template.Spec.Containers, m.ContainerResource.Container); container == nil || container.Resources.Requests.Cpu().IsZero() {
			c.bad("%s: container %s is not there, or requests no CPU", where, m.ContainerResource.Container)
		}
	}
}

func find(containers []corev1.Container, name string) *corev1.Container {
	for i := range containers {
		if containers[i].Name == name {
			return &containers[i]
		}
	}
	return nil
}

// pinned reports whether an image is named with a tag that is not moved every day.
func pinned(image string) bool {
	_, tag, ok := strings.Cut(image[strings.LastIndex(image, "/")+1:], ":")
	return ok && tag != "latest"
}
