package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"lienhiep/internal/diag"
)

// githubAnnotation is a finding as a workflow command, which GitHub shows beside the
// line in a review.
func githubAnnotation(f diag.Finding, l diag.Lang) string {
	value := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	level := f.Severity
	if level == diag.Suggestion { // GitHub knows three
		level = diag.Notice
	}
	s := fmt.Sprintf("::%s title=%s", level, property.Replace(f.Code))
	if f.Pos.File != "" {
		s += ",file=" + property.Replace(f.Pos.File)
	}
	if f.Pos.Line > 0 {
		s += fmt.Sprintf(",line=%d", f.Pos.Line)
	}
	if f.Pos.Column > 0 {
		s += fmt.Sprintf(",col=%d", f.Pos.Column)
	}
	return s + "::" + value.Replace(sentence(f, l))
}

// sentence is all that a finding says.
func sentence(f diag.Finding, l diag.Lang) string {
	return strings.TrimSpace(strings.TrimSpace(f.Message(l)+" "+f.Hint(l)) + " " + f.Details)
}

// codeQualityIssue is a finding as GitLab's Code Quality report has it.
type codeQualityIssue struct {
	Description string `json:"description"`
	CheckName   string `json:"check_name"`
	Fingerprint string `json:"fingerprint"`
	Severity    string `json:"severity"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	} `json:"location"`
}

var codeQualitySeverities = map[diag.Severity]string{
	diag.Error: "critical", diag.Warning: "minor", diag.Notice: "info", diag.Suggestion: "info",
}

// codeQuality makes GitLab's report. A fingerprint stays when a finding only moves
// within its file, and equal findings have different ones.
func codeQuality(all []diag.Finding, l diag.Lang) []codeQualityIssue {
	issues := []codeQualityIssue{}
	seen := map[string]int{}
	for _, f := range all {
		issue := codeQualityIssue{Description: sentence(f, l), CheckName: f.Code, Severity: codeQualitySeverities[f.Severity]}
		// GitLab takes no issue without a place.
		issue.Location.Path, issue.Location.Lines.Begin = f.Pos.File, max(1, f.Pos.Line)
		if issue.Location.Path == "" {
			issue.Location.Path = "config.toml"
		}
		same := strings.Join([]string{f.Code, f.Pos.File, f.Message(diag.Vietnamese)}, "\x00")
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", same, seen[same]))
		seen[same]++
		issue.Fingerprint = hex.EncodeToString(sum[:16])
		issues = append(issues, issue)
	}
	return issues
}
