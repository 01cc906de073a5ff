//go:build !race

package render

// slowness is how much slower a render is than it is served.
const slowness = 1
