package v1beta1

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// AddToScheme makes the kind known to a client.
func AddToScheme(scheme *runtime.Scheme) error {
	scheme.AddKnownTypes(schema.GroupVersion{Group: "frrk8s.metallb.io", Version: "v1beta1"}, &FRRConfiguration{})
	return nil
}

// DeepCopyInto shares what lies behind the specification's slices: nobody here changes them.
func (in *FRRConfigurationSpec) DeepCopyInto(out *FRRConfigurationSpec) {
	*out = *in
}

// DeepCopy shares as DeepCopyInto does.
func (in *FRRConfiguration) DeepCopy() *FRRConfiguration {
	out := &FRRConfiguration{TypeMeta: in.TypeMeta}
	in.ObjectMeta.DeepCopyInto(&out.ObjectMeta)
	in.Spec.DeepCopyInto(&out.Spec)
	return out
}

// DeepCopyObject makes it an object of a scheme.
func (in *FRRConfiguration) DeepCopyObject() runtime.Object {
	return in.DeepCopy()
}
