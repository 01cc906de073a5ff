//go:build race

package blog_test

// slowness is how much slower the race detector makes loading, about.
const slowness = 8
