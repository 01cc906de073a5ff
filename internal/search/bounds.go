package search

import "lectern/internal/blog"

// What a reader or an author can make grow ends here. Sizes are bytes where
// nothing else is said.
const (
	MaxQuery = 300 // a query; what is longer is cut
	MaxHits  = 50  // hits of one search
	MaxLines = 3   // lines of a hit
	MaxLine  = 200 // a line of a hit

	maxWords    = 32        // words of a query; further ones are not looked at
	maxWord     = 40        // a word, folded; what is longer is cut
	maxBefore   = 60        // of a line, shown before the first match when the line is cut
	maxSlips    = 64        // words of the dictionary that one mistyped word stands for
	maxSteps    = 60_000    // letters of the dictionary compared for the mistyped words of one query
	maxVerify   = 400       // posts of which a phrase is sought in the text, the best first
	maxVerified = 1 << 20   // text read to seek a phrase in
	maxShown    = 1 << 20   // text read to find the lines of the hits
	maxRead     = 128 << 10 // of it, from one post
	maxTorn     = 8 << 10   // of its end, left out to end with a whole word
	maxRecent   = 8 << 20   // texts kept that were read last: those of some 800 posts

	maxHeld     = 64 << 20  // the index; when it is full, the older posts are found by title, tags and headings only
	maxBlock    = 512 << 10 // pairs of word and post that are gathered before they are packed
	maxGathered = 4 << 20   // words that are gathered before they are packed
	maxDocs     = 1 << 24   // posts that fit a posting

	maxOpen   = 8  // brackets of a line that may yet become a link's
	maxEntity = 32 // an HTML entity
	minSlip   = 4  // letters of a word in which a slip is forgiven
	minSlips  = 8  // letters of a word of a title in which two are
)

// A library holds no more posts than an index does.
const _ = uint(maxDocs - blog.MaxPosts)
