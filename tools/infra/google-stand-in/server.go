package main

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers Terraform. What it does not override it does not know, and Terraform never asks here.
type server struct {
	tfprotov6.ProviderServer
	schema provider
}

func (s server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return &tfprotov6.GetMetadataResponse{}, nil
}

func (s server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		Provider:          s.schema.Provider.schema(),
		ResourceSchemas:   schemas(s.schema.Resources),
		DataSourceSchemas: schemas(s.schema.DataSources),
	}, nil
}

func schemas(objects map[string]object) map[string]*tfprotov6.Schema {
	made := make(map[string]*tfprotov6.Schema, len(objects))
	for name, it := range objects {
		made[name] = it.schema()
	}
	return made
}

func (s server) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (s server) ValidateProviderConfig(_ context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (s server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (s server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (s server) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (s server) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (s server) UpgradeResourceState(_ context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	state, err := request.RawState.Unmarshal(s.schema.Resources[request.TypeName].schema().ValueType())
	if err != nil {
		return nil, err
	}
	value, err := tfprotov6.NewDynamicValue(state.Type(), state)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &value}, err
}

func (s server) ReadResource(_ context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: request.CurrentState}, nil
}

func (s server) ReadDataSource(_ context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	state, err := s.schema.DataSources[request.TypeName].with(request.Config, invented)
	return &tfprotov6.ReadDataSourceResponse{State: state}, err
}

// PlanResourceChange leaves open what only a real provider could know.
func (s server) PlanResourceChange(_ context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resource := s.schema.Resources[request.TypeName]
	prior, err := request.PriorState.Unmarshal(resource.schema().ValueType())
	if err != nil {
		return nil, err
	}
	planned, err := resource.with(request.ProposedNewState, func(_ string, it attribute, value tftypes.Value) tftypes.Value {
		if prior.IsNull() && it.Computed && value.IsNull() {
			return tftypes.NewValue(value.Type(), tftypes.UnknownValue)
		}
		return value
	})
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: planned}, err
}

func (s server) ApplyResourceChange(_ context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	state, err := s.schema.Resources[request.TypeName].with(request.PlannedState, invented)
	return &tfprotov6.ApplyResourceChangeResponse{NewState: state}, err
}

// invented stands for what a real provider would have learned.
func invented(name string, it attribute, value tftypes.Value) tftypes.Value {
	open := !value.IsKnown() || (value.IsNull() && it.Computed && !it.Optional)
	switch {
	case !open:
		return value
	case value.Type().Is(tftypes.String):
		return tftypes.NewValue(value.Type(), "invented-"+name)
	case value.Type().Is(tftypes.Number):
		return tftypes.NewValue(value.Type(), big.NewFloat(0))
	case value.Type().Is(tftypes.Bool):
		return tftypes.NewValue(value.Type(), false)
	}
	return tftypes.NewValue(value.Type(), nil)
}

// with gives an object's own attributes other values. Nothing becomes nothing: that is how a destroyed object is said.
func (o object) with(given *tfprotov6.DynamicValue, change func(name string, it attribute, value tftypes.Value) tftypes.Value) (*tfprotov6.DynamicValue, error) {
	shape := o.schema().ValueType()
	value, err := given.Unmarshal(shape)
	if err != nil || value.IsNull() {
		return given, err
	}
	fields := map[string]tftypes.Value{}
	if err := value.As(&fields); err != nil {
		return nil, err
	}
	for name, it := range o.Block.Attributes {
		fields[name] = change(name, it, fields[name])
	}
	changed, err := tfprotov6.NewDynamicValue(shape, tftypes.NewValue(shape, fields))
	return &changed, err
}
