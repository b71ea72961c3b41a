package viet

// SortKey is sortKey, for tests that see the package from outside.
var SortKey = sortKey
