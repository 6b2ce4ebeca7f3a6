package operation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// document is a parsed text with a plan for each of its operations. Once it is
// in the cache it is never changed.
type document struct {
	ast   *ast.QueryDocument
	plans []*plan
}

// plan is what is known of an operation before it is called.
type plan struct {
	operation *ast.OperationDefinition
	roots     []rootField
	personal  []rootField     // fields at any depth that show persons
	needs     access.ScopeSet // of all of them together, for the quick yes
	cost      *expr
	direct    Direct // nil: executed by gqlgen

	deprecated []Deprecation // that the text uses
}

// plan is the plan of the operation that a caller names; "" when there is only one.
func (d *document) plan(name string) (*plan, *gqlerror.Error) {
	if name == "" && len(d.plans) == 1 {
		return d.plans[0], nil
	}
	for _, p := range d.plans {
		if name != "" && p.operation.Name == name {
			return p, nil
		}
	}
	if name == "" {
		return nil, refuse(CodeValidationFailed, "operationName is needed: the document holds several operations")
	}
	return nil, refuse(CodeValidationFailed, "the document holds no operation of that name")
}

// documents keeps validated documents by their text, and texts by their hash
// for persisted queries. Both are bounded; the least recently used goes first.
type documents struct {
	limits Limits
	parsed *lru[string, *document]
	texts  *lru[[sha256.Size]byte, string]
}

func newDocuments(limits Limits) *documents {
	return &documents{
		limits: limits,
		parsed: newLRU[string, *document](limits.CachedDocuments),
		texts:  newLRU[[sha256.Size]byte, string](limits.PersistedQueries),
	}
}

func (d *documents) get(text string) (*document, bool) { return d.parsed.get(text) }

func (d *documents) put(text string, doc *document) { d.parsed.put(text, doc) }

// text is the query text of a request: sent, or known by its hash (automatic
// persisted queries, as Apollo and urql speak them: the hash alone first, hash
// and text after PERSISTED_QUERY_NOT_FOUND).
func (d *documents) text(params *graphql.RawParams) (string, *gqlerror.Error) {
	if len(params.Query) > d.limits.QueryBytes {
		return "", refuse(CodeLimitExceeded, "the query is longer than %d bytes", d.limits.QueryBytes)
	}
	extension, ok := params.Extensions["persistedQuery"]
	if !ok || extension == nil {
		return params.Query, nil
	}
	hash, err := readHash(extension)
	if err != nil {
		return "", err
	}
	if params.Query == "" {
		text, known := d.texts.get(hash)
		if !known {
			return "", refuse(CodePersistedMissing, "PersistedQueryNotFound")
		}
		return text, nil
	}
	if sha256.Sum256([]byte(params.Query)) != hash {
		return "", refuse(CodeValidationFailed, "the hash of the persisted query is not that of its text")
	}
	d.texts.put(hash, params.Query)
	return params.Query, nil
}

func readHash(extension any) (hash [sha256.Size]byte, err *gqlerror.Error) {
	fields, _ := extension.(map[string]any)
	version, _ := fields["version"].(json.Number)
	sum, _ := fields["sha256Hash"].(string)
	if version != "1" || hex.DecodedLen(len(sum)) != len(hash) {
		return hash, refuse(CodeValidationFailed, "extensions.persistedQuery has version 1 and sha256Hash")
	}
	if _, bad := hex.Decode(hash[:], []byte(sum)); bad != nil {
		return hash, refuse(CodeValidationFailed, "sha256Hash is 64 hexadecimal digits")
	}
	return hash, nil
}
