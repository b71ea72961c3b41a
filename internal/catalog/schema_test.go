package catalog

import (
	"slices"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// A kind may say of a field that others share what they do not; the others are left as
// they are, and a person names nobody.
func TestSharedFieldsAreToldAsTheKindTellsThem(t *testing.T) {
	for _, c := range []struct {
		kind             Kind
		key, label, want string // want is the example
	}{
		{KindArticle, "people", "Nhân vật", "[]"},
		{KindArticle, "plan", "Điều khoản của kế hoạch", "[]"},
		{KindHonour, "people", "Người được tôn vinh", "[]"},
		{KindHonour, "plan", "Điều khoản của kế hoạch", "[]"},
		{KindContest, "people", "Nhân vật", "[]"},
		{KindContest, "plan", "Điều khoản của kế hoạch", `["15-kh-tu/ii-4-3"]`},
	} {
		fields := Schema(c.kind)
		i := slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == c.key })
		if i < 0 || fields[i].Label.In(diag.Vietnamese) != c.label || fields[i].Example != c.want {
			t.Errorf("%s.%s is %+v", c.kind, c.key, fields[max(i, 0)])
		}
	}
	for _, k := range []Kind{KindPerson, KindDirective, KindPlan, KindPage} {
		if slices.ContainsFunc(Schema(k), func(f matter.Field) bool { return f.Key == "people" }) {
			t.Errorf("a %s may name people", k)
		}
	}
}

func TestMentionsOfEveryKind(t *testing.T) {
	m := Mentions{Plan: []Ref{{ID: "15-kh-tu/ii-1"}}, People: []Ref{{ID: "tran-van-mau"}}, Fields: []string{"Y học"}}
	for _, it := range []item{&Article{Mentions: m}, &Honour{Mentions: m}, &Contest{Mentions: m}} {
		if got := mentionsOf(it); len(got.Plan) != 1 || len(got.People) != 1 || len(got.Fields) != 1 {
			t.Errorf("%T mentions %+v", it, got)
		}
	}
	if got := mentionsOf(&Person{Plan: m.Plan, Fields: m.Fields}); len(got.Plan) != 1 || len(got.People) != 0 || len(got.Fields) != 1 {
		t.Errorf("a person mentions %+v", got)
	}
	for _, it := range []item{&Procedure{Plan: m.Plan}, &Question{Plan: m.Plan}} {
		if got := mentionsOf(it); len(got.Plan) != 1 || len(got.People) != 0 {
			t.Errorf("%T mentions %+v", it, got)
		}
	}
	if got := mentionsOf(&Page{}); len(got.Plan)+len(got.People)+len(got.Fields) != 0 {
		t.Errorf("a page mentions %+v", got)
	}
}
