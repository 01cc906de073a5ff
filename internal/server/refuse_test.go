package server

import (
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDisconnectIsAWholePacket(t *testing.T) {
	for n := range 40 {
		message := "Please come back in a minute, or in two minutes."[:n]
		b := appendDisconnect(nil, message)
		length, padding := int(binary.BigEndian.Uint32(b)), int(b[4])
		if len(b) != 4+length || len(b)%8 != 0 || padding < 4 || length > 35000 {
			t.Fatalf("%q: %d bytes, length %d, padding %d", message, len(b), length, padding)
		}
		payload := b[5 : len(b)-padding]
		want := append([]byte{1, 0, 0, 0, 12, 0, 0, 0, byte(n)}, message...)
		want = append(want, 0, 0, 0, 0)
		if diff := cmp.Diff(want, payload); diff != "" {
			t.Error(diff)
		}
	}
}
