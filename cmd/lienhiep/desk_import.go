package main

import (
	"context"
	"fmt"

	"lienhiep/internal/edit"
	"lienhiep/internal/history"
	"lienhiep/internal/roster"
)

// Publisher is who publishes where, as consent forms say it.
func (a *atDesk) Publisher() (roster.Site, error) {
	p, err := a.now()
	if err != nil {
		return roster.Site{}, err
	}
	return p.publisher()
}

// CarryOut does what an import of people has planned, as the command does. It waits for no
// build: what the desk writes, it writes beside the others, as when an entry is saved.
func (a *atDesk) CarryOut(_ context.Context, steps []roster.Step) error {
	p, err := a.now()
	if err != nil {
		return err
	}
	p.aside = edit.AsideOf(history.Seat())
	for _, s := range steps {
		if err := p.step(s); err != nil {
			return fmt.Errorf("importing %s: %w", s.Name, err)
		}
	}
	return nil
}
