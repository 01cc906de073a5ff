package server

import (
	"encoding/binary"
	"strings"
	"testing"
)

// packet is a plain packet of a kind.
func packet(kind byte, size int) string {
	b := make([]byte, 4+2+size)
	binary.BigEndian.PutUint32(b, uint32(2+size))
	b[5] = kind
	return string(b)
}

func TestBeforeTheQueueIsKnownNoMoreIsReadThanItHolds(t *testing.T) {
	const version = "SSH-2.0-anybody\r\n"
	for name, tt := range map[string]struct {
		plain string
		rest  int // bytes that come encrypted
		want  int // of which so many are read
	}{
		"a usual client":          {version + packet(20, 1500) + packet(30, 1216) + packet(newKeys, 10), 200, 200},
		"a flood":                 {version + packet(20, 9) + packet(30, 9) + packet(newKeys, 0), 5000, queued * shortestInKey},
		"a kind that looks alike": {version + packet(20, 21) + strings.Repeat(packet(2, 21), 3) + packet(newKeys, 3), 5000, queued * shortestInKey},
	} {
		t.Run(name, func(t *testing.T) {
			var e early
			stream := tt.plain + strings.Repeat("\x15", tt.rest)
			read := 0
			for read < len(stream) && e.room() > 0 {
				n := min(e.room(), len(stream)-read)
				e.saw([]byte(stream[read : read+n]))
				read += n
			}
			if got := read - len(tt.plain); got != tt.want {
				t.Errorf("%d bytes are read behind the exchange, want %d", got, tt.want)
			}
		})
	}
}
