//go:build race

package render

// slowness is how much slower the race detector makes a render, about.
const slowness = 8
