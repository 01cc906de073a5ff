package limit

// Reasons are all reasons of a Refusal: those for which a connection is refused, and those for which a session is.
func Reasons() (connections, sessions []string) {
	return []string{"rate", "half-open", "established", "penalty", "crowded", "full"}, []string{"sessions"}
}
