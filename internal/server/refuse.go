package server

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"time"
)

// disconnectTooMany is SSH_DISCONNECT_TOO_MANY_CONNECTIONS of RFC 4253, section 11.1.
const disconnectTooMany = 12

// refuse tells a connection, before any cryptography, why it may not proceed, and closes it. The line comes
// first as plain text, which scanners and netcat show, then as a disconnect message after the version, for
// OpenSSH hides lines before the version but prints a disconnect's text:
//
//	Received disconnect from 203.0.113.7 port 22:12: Too many connections from your address.
//
// It takes as long as Bounds.Linger at most, for Bounds.Refusing connections at a time; the rest is just closed.
func (s *Server) refuse(nc net.Conn, message string) {
	defer func() { _ = nc.Close() }()
	select {
	case s.refusing <- struct{}{}:
		defer func() { <-s.refusing }()
	default:
		return
	}
	defer context.AfterFunc(s.draining, func() { _ = nc.Close() })()
	_ = nc.SetDeadline(time.Now().Add(s.bounds.Linger))
	b := append([]byte(message), "\r\nSSH-2.0-"+version+"\r\n"...)
	if _, err := nc.Write(appendDisconnect(b, message)); err != nil {
		return
	}
	// Closing with the client's first bytes unread would reset the connection, and the reset could overtake the reason.
	if half, ok := nc.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	_, _ = io.CopyN(io.Discard, nc, 4<<10)
}

// appendDisconnect appends an unencrypted SSH_MSG_DISCONNECT packet (RFC 4253, sections 6 and 11.1).
func appendDisconnect(b []byte, message string) []byte {
	payload := []byte{1}
	payload = binary.BigEndian.AppendUint32(payload, disconnectTooMany)
	payload = binary.BigEndian.AppendUint32(payload, uint32(len(message)))
	payload = append(payload, message...)
	payload = binary.BigEndian.AppendUint32(payload, 0) // no language tag

	const block, header = 8, 5
	padding := block - (header+len(payload))%block
	if padding < 4 {
		padding += block
	}
	b = binary.BigEndian.AppendUint32(b, uint32(1+len(payload)+padding))
	b = append(b, byte(padding))
	b = append(b, payload...)
	return append(b, make([]byte, padding)...)
}
