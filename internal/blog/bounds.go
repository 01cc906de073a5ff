package blog

// What an author, or whoever can write to the content folder, can make grow
// ends here. Sizes are bytes where nothing else is said.
const (
	MaxPost        = 1 << 20   // a post's file; the longest of 14,000 real ones is 851 KB
	MaxFrontMatter = 64 << 10  // a post's front matter
	MaxSite        = 64 << 10  // blog.yaml
	MaxPosts       = 20_000    // posts of a library
	MaxTotal       = 128 << 20 // all posts of a library together as they are held: bodies and what else their files have, compressed
	MaxFiles       = 100_000   // files and folders looked at, posts or not
	MaxDepth       = 16        // folders within folders
	MaxTitle       = 300       // a title; also a site's title, tagline, author and host
	MaxSummary     = 600       // a description
	MaxExcerpt     = 200       // characters of a summary made from the body
	MaxTags        = 32        // tags of a post
	MaxTag         = 64        // a tag
	MaxSlug        = 100       // a slug
	MaxAliases     = 32        // former slugs of a post
	MaxLinks       = 32        // links of a site
	MaxURL         = 2083      // a link's address; longer ones no terminal opens
	maxPerFile     = 10        // problems told of one file
	maxProblems    = 1000      // problems told of one library
	maxProse       = 4000      // of a paragraph or heading, read to take its marks off
	maxReads       = 3         // tries at a file that changes while it is read
	maxReaders     = 8         // files read at one time, each in some MiB
)
