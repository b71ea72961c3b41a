package main

import (
	"context"
	"fmt"

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

// CarryOut does what an import of people has planned, as the command does.
func (a *atDesk) CarryOut(ctx context.Context, steps []roster.Step) error {
	p, err := a.now()
	if err != nil {
		return err
	}
	unlock, err := p.lock(ctx, a.ui)
	if err != nil {
		return err
	}
	defer unlock()
	for _, s := range steps {
		if err := p.step(s); err != nil {
			return fmt.Errorf("importing %s: %w", s.Name, err)
		}
	}
	return nil
}
