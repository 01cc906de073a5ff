//go:build !race

package blog_test

// slowness is how much slower the tests load than they do without a detector.
const slowness = 1
