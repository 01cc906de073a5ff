package search

// A beside knows which words of a post follow on which: it never denies a pair
// that is there, and takes about one in thirty of the others for one. It spares
// looking for a phrase in posts that only have its words. Words of scripts
// without blanks are not in it: their own pairs tell enough.
//
// It is a Bloom filter. Nobody changes it after set has filled it.
type beside []byte

const (
	pairBits   = 6 // bits for each pair, those that are there again too
	pairProbes = 3 // bits that a pair sets
)

// set makes the filter of all pairs of a post.
func (b *beside) set(pairs []uint64) {
	if len(pairs) == 0 {
		return
	}
	*b = make(beside, (len(pairs)*pairBits+7)/8)
	for _, h := range pairs {
		for range pairProbes {
			i := b.bit(h)
			(*b)[i/8] |= 1 << (i % 8)
			h = again(h)
		}
	}
}

// has reports whether a pair may be there.
func (b *beside) has(h uint64) bool {
	if len(*b) == 0 {
		return false
	}
	for range pairProbes {
		if i := b.bit(h); (*b)[i/8]&(1<<(i%8)) == 0 {
			return false
		}
		h = again(h)
	}
	return true
}

// bit is the bit that h chooses.
func (b *beside) bit(h uint64) uint64 { return (h >> 32) * uint64(8*len(*b)) >> 32 }

// again is another choice of the same pair.
func again(h uint64) uint64 { return h*0x9e3779b97f4a7c15 + 0x632be59bd9b4e019 }

// A word's hash is FNV-1a's; 0 is no word's that is looked at.
func hash(word []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range word {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h | 1
}

// pair is the hash of two words, one behind the other.
func pair(a, b uint64) uint64 {
	h := (a ^ b>>29 ^ b<<35) * 0xbf58476d1ce4e5b9
	return (h ^ h>>31) * 0x94d049bb133111eb
}
