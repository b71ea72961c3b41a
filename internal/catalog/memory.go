package catalog

import (
	"crypto/sha256"
	"slices"
	"sync"

	"lienhiep/internal/diag"
	"lienhiep/internal/lint"
	"lienhiep/internal/matter"
)

// Memory remembers the front matter of entries, and what is found in their texts, from one
// load to the next, as reading these is what takes the time: of an entry that has not
// changed they are not read again. It grows with the entries alone, and serves one load at a
// time. The zero value remembers nothing.
type Memory struct {
	mu     sync.Mutex
	before map[string]remembered // by file, of the last load
	now    map[string]remembered
}

// remembered is what was read of a file.
type remembered struct {
	sum      [sha256.Size]byte
	read     *matter.File // without the bytes that it was read from
	body     int          // where the text begins
	findings []diag.Finding
	text     *lint.Found // in its text; nil before it was read
}

// turn begins a load: what is not asked for in it is forgotten.
func (m *Memory) turn() {
	if m != nil {
		m.before, m.now = m.now, map[string]remembered{}
	}
}

// read is [matter.Read], whose table is shared between loads. m may be nil.
func (m *Memory) read(name string, src []byte) (*matter.File, []diag.Finding) {
	if m == nil {
		return matter.Read(name, src)
	}
	sum := sha256.Sum256(src)
	one, known := m.before[name]
	if !known || one.sum != sum {
		read, findings := matter.Read(name, src)
		if read == nil {
			return nil, findings
		}
		one = remembered{sum: sum, read: read, body: len(src) - len(read.Body), findings: findings}
		one.read.Matter, one.read.Body = nil, nil
	}
	m.mu.Lock()
	m.now[name] = one
	m.mu.Unlock()
	read := *one.read
	read.Body = src[one.body:]
	return &read, slices.Clip(one.findings)
}

// text is what check finds in the text of a file, which was read before. It is shared between
// loads. m may be nil.
func (m *Memory) text(name string, check func() lint.Found) lint.Found {
	if m == nil {
		return check()
	}
	m.mu.Lock()
	one := m.now[name]
	m.mu.Unlock()
	if one.text == nil {
		found := check()
		one.text = &found
		m.mu.Lock()
		m.now[name] = one
		m.mu.Unlock()
	}
	return *one.text
}
