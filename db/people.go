package db

// PeopleLock is the advisory lock between those who merge customers, who hold
// it alone, and those who write under the ids of customers, who share it. It is
// taken before anything else, so that neither holds what the other waits for.
const PeopleLock = 0x6d65_6775_7269 // "meguri"
