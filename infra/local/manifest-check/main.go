// Reads manifests from standard input and says what the API server of Kubernetes would have against creating them: its own
// types with strict fields, its own defaults, its own validation and warnings. One line a finding; exit 1 where there is any.
// No cluster is asked.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
)

// What the chart has, each in the version that is served today. Whoever adds a kind to the chart adds it here: a kind
// that nobody checks is refused, and so is one in a version that is on its way out.
var strategies = map[schema.GroupVersionKind]rest.RESTCreateStrategy{
	appsv1.SchemeGroupVersion.WithKind("Deployment"):            deployment.Strategy,
	batchv1.SchemeGroupVersion.WithKind("Job"):                  job.Strategy,
	corev1.SchemeGroupVersion.WithKind("PersistentVolumeClaim"): persistentvolumeclaim.Strategy,
	corev1.SchemeGroupVersion.WithKind("Service"):               service.Strategy,
	networkingv1.SchemeGroupVersion.WithKind("Ingress"):         ingress.Strategy,
	networkingv1.SchemeGroupVersion.WithKind("NetworkPolicy"):   networkpolicy.Strategy,
	policyv1.SchemeGroupVersion.WithKind("PodDisruptionBudget"): poddisruptionbudget.Strategy,
}

func main() {
	found, checked := 0, 0
	documents := yaml.NewYAMLReader(bufio.NewReader(os.Stdin))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			fmt.Println("unreadable:", err)
			os.Exit(1)
		}
		if isEmpty(document) {
			continue
		}
		checked++
		name, findings := check(document)
		for _, finding := range findings {
			found++
			fmt.Printf("%s: %s\n", name, finding)
		}
	}
	fmt.Printf("%d manifests checked, %d findings\n", checked, found)
	if found > 0 || checked == 0 {
		os.Exit(1)
	}
}

// What remains of a template that has nothing to say.
func isEmpty(document []byte) bool {
	asJSON, err := yaml.ToJSON(document)
	return err == nil && bytes.Equal(bytes.TrimSpace(asJSON), []byte("null"))
}

// As a server takes a request to create: decode, default, convert, prepare, validate, warn.
func check(document []byte) (string, []string) {
	decoder := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	object, kind, err := decoder.Decode(document, nil, nil)
	if kind == nil {
		return "a manifest", []string{err.Error()}
	}
	name := kind.Kind
	if object != nil {
		if named, problem := meta.Accessor(object); problem == nil {
			name += " " + named.GetName()
		}
	}
	if err != nil {
		return name, []string{err.Error()}
	}
	strategy, known := strategies[*kind]
	if !known {
		return name, []string{fmt.Sprintf("nothing here checks %s", kind)}
	}
	legacyscheme.Scheme.Default(object)
	internal := schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal}
	converted, err := legacyscheme.Scheme.ConvertToVersion(object, internal)
	if err != nil {
		return name, []string{err.Error()}
	}
	return name, create(strategy, *kind, converted)
}

func create(strategy rest.RESTCreateStrategy, kind schema.GroupVersionKind, object runtime.Object) []string {
	named, err := meta.Accessor(object)
	if err != nil {
		return []string{err.Error()}
	}
	namespace := named.GetNamespace()
	if namespace == "" {
		namespace = "default"
	}
	said := &warnings{}
	ctx := request.WithNamespace(context.Background(), namespace)
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{APIGroup: kind.Group, APIVersion: kind.Version, Verb: "create"})
	ctx = warning.WithWarningRecorder(ctx, said)
	rest.FillObjectMetaSystemFields(named)
	if err := rest.BeforeCreate(strategy, ctx, object); err != nil {
		return []string{err.Error()}
	}
	return said.texts
}

// What the server would tell whoever creates it, without refusing it.
type warnings struct{ texts []string }

func (said *warnings) AddWarning(_, text string) { said.texts = append(said.texts, "warning: "+text) }
