package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"k8s.io/apimachinery/pkg/util/yaml"
)

// kubernetes builds a kustomization, decodes each object into the type that the API
// server has for it, where an unknown or a repeated field is an error, and checks what
// the API server would find out only when it runs, if at all.
func kubernetes(dir string) (string, []error) {
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), dir)
	if err != nil {
		return "", []error{err}
	}
	text, err := built.AsYaml()
	if err != nil {
		return "", []error{err}
	}
	objects, errs := decode(text)
	if len(errs) == 0 {
		errs = newCluster(objects).check()
	}
	return fmt.Sprintf("%d objects", len(objects)), errs
}

// decode reads a stream of YAML documents.
func decode(text []byte) (objects []runtime.Object, errs []error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, autoscalingv2.AddToScheme, corev1.AddToScheme, networkingv1.AddToScheme, policyv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return nil, []error{err}
		}
	}
	strict := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Yaml: true, Strict: true})
	documents := yaml.NewDocumentDecoder(io.NopCloser(bytes.NewReader(text)))
	buf := make([]byte, len(text)+1)
	for {
		n, err := documents.Read(buf)
		if errors.Is(err, io.EOF) {
			return objects, errs
		}
		if err != nil {
			return objects, append(errs, err)
		}
		object, _, err := strict.Decode(buf[:n], nil, nil)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		objects = append(objects, object)
	}
}
