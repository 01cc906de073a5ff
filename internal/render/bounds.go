package render

import "time"

// What a post can make a render cost. Where a post is beyond a bound, the part
// of it is drawn plain; where no part can be told, the whole of it is.
const (
	// maxSource is the bytes of a body that are drawn.
	maxSource = 1 << 20
	// maxMarkers is how many blocks in blocks one line may begin; goldmark looks
	// at each of them again for each of them.
	maxMarkers = 100
	// maxContinued is the deepest blocks in blocks times the lines of a post: each
	// line, a blank one too, goes on with all that are open.
	maxContinued = 2_000_000
	// maxColumns is the columns of a table, and maxCells the cells of all the
	// tables that the lines of a post could be.
	maxColumns = 64
	maxCells   = 500_000
	// maxEscaped is the escaped bars of a post whose tables are looked for.
	maxEscaped = 4000
	// maxMarks is the marks of each block times its bytes, for all blocks that
	// are looked into for emphasis, links and the like. A paragraph of prose
	// comes to some thousands, the largest seen to some millions.
	maxMarks = 1 << 30
	// maxDepth is how deep blocks are laid out in blocks; what is deeper is
	// drawn as one paragraph.
	maxDepth = 12
	// maxInline is how deep emphasis is drawn in emphasis and in links; glamour
	// takes kilobytes of stack for each.
	maxInline = 20
	// maxCode is how many bytes of source code are coloured in one post, and
	// maxCodeLine the longest line of a block that is.
	maxCode     = 256 << 10
	maxCodeLine = 4 << 10
	// maxPainting is how long source code of one post is coloured, on the clock
	// of the wall: several times what the longest real post takes. Code made to be
	// slow is plain after that.
	maxPainting = 900 * time.Millisecond
	// maxAddress is the bytes of an address that a terminal opens; a longer one is
	// only listed, up to maxListed. maxAddresses is the bytes of all addresses in sequences: every
	// line that a link goes on to repeats its address.
	maxAddress   = 2048
	maxListed    = 16 << 10
	maxAddresses = 1 << 20
	// maxBlocks is the lines that may begin a block. goldmark takes some thousand
	// bytes for each.
	maxBlocks = 40_000
	// maxLines is the lines of a post. goldmark takes some hundred bytes for each.
	maxLines = 150_000
	// maxParts is how many tags begin or end paragraphs in the HTML blocks of one
	// post. Beyond it their text is drawn in one paragraph each.
	maxParts = 60_000
	// maxElements is how many pieces of one paragraph are drawn in a style of
	// their own or as links, for those that HTML asks for.
	maxElements = 20_000
	// maxLang is the cells of a language's name.
	maxLang = 20
)
