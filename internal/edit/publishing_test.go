package edit

import (
	"context"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/ledger"
	"lienhiep/internal/publish"
)

// stillPublisher publishes nothing.
type stillPublisher struct{}

func (stillPublisher) Build(context.Context, func(string)) ([]diag.Finding, error) { return nil, nil }
func (stillPublisher) Address() string                                             { return "https://lienhiep.example/" }
func (stillPublisher) Targets() []string                                           { return []string{"web"} }
func (stillPublisher) Pending(string) (Pending, error)                             { return Pending{}, nil }
func (stillPublisher) Deploy(context.Context, string, bool, func(string)) (Published, error) {
	return Published{}, nil
}
func (stillPublisher) Releases(context.Context, string) ([]publish.Release, error) { return nil, nil }
func (stillPublisher) Rollback(context.Context, string, string, func(string)) (publish.Report, error) {
	return publish.Report{}, nil
}
func (stillPublisher) Remember(string, string) {}

var _ = strings.Contains
var _ ledger.Kind
var _ testing.TB

func (stillPublisher) Place(string) string                               { return "" }
func (stillPublisher) SetPlace(string, string) error                     { return nil }
func (stillPublisher) SetAddress(string) error                           { return nil }
func (stillPublisher) Try(context.Context, string, string, string) error { return nil }
