// Package operation takes a GraphQL operation from its text to its response.
//
// It owns the document cache, persisted queries, the limits on documents,
// authorization of root fields and of the types of personal data, and the cost of operations with the buckets
// that pay for it. It promises that nothing about a document is worked out
// before its size is known to be bounded, that a caller without the scope is
// refused before his input is looked at, and that no response carries more than
// a bounded number of errors. It leaves transports to the server, and
// resolving to the schema it is given.
package operation

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
)

// Codes of errors that are found before an operation runs, besides those of fault.
const (
	CodeParseFailed      = "GRAPHQL_PARSE_FAILED"
	CodeValidationFailed = "GRAPHQL_VALIDATION_FAILED"
	CodeLimitExceeded    = "LIMIT_EXCEEDED"
	CodePersistedMissing = "PERSISTED_QUERY_NOT_FOUND"
	CodeIntrospectionOff = "INTROSPECTION_DISABLED"
)

// Config is what an Executor is made of.
type Config struct {
	Schema graphql.ExecutableSchema
	Clock  clock.Clock
	Limits Limits
	Rates  Rates
	// Present turns an error into what the caller may see of it.
	Present graphql.ErrorPresenterFunc
	// Recover turns a panic into an error.
	Recover graphql.RecoverFunc
	// Scope prepares the context of one operation, or of one event of a
	// subscription: the loaders.
	Scope func(context.Context) context.Context
	// Direct is asked once for each operation of a document, after validation:
	// nil, as its answer or itself, leaves the operation to gqlgen.
	Direct func(*ast.OperationDefinition) Direct
	// Used is told of each operation that a caller was answered; nil: nobody is.
	Used func(p access.Principal, u Use)
	// Dev answers introspection and helps with typing errors.
	Dev bool
}

// Use is what became of one operation.
type Use struct {
	Cost      int  // what it did cost; 0 when it did not run
	Throttled bool // it was refused because the caller's bucket does not hold so much
	Failed    bool // its response holds another error
	// Deprecated says that it uses what will go; its response told so.
	Deprecated bool
}

// Executor runs operations. It stands in for gqlgen's own, of which it keeps
// the dispatch; what happens before is in CreateOperationContext, top down.
type Executor struct {
	*executor.Executor
	cfg       Config
	documents *documents
	buckets   *buckets
	roots     rootFields
	oldInputs bool // variables may hold what is deprecated
}

var _ graphql.GraphExecutor = (*Executor)(nil)

// New makes an executor. It fails when a root field carries neither @auth nor
// @public, or names a scope that does not exist.
func New(cfg Config) (*Executor, error) {
	roots, err := readRootFields(cfg.Schema.Schema())
	if err != nil {
		return nil, err
	}
	if cfg.Dev {
		cfg.Limits.Depth = max(cfg.Limits.Depth, introspectionDepth)
	}
	e := &Executor{
		Executor: executor.New(cfg.Schema), cfg: cfg, roots: roots,
		documents: newDocuments(cfg.Limits), buckets: newBuckets(cfg.Rates), oldInputs: hasOldInputs(cfg.Schema.Schema()),
	}
	e.SetErrorPresenter(quietIntrospection(cfg.Present))
	e.SetRecoverFunc(cfg.Recover)
	return e, nil
}

// CreateOperationContext readies an operation: text, document, limits, who may
// call it, validation, variables, cost. The first step that fails ends it.
func (e *Executor) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	op := &graphql.OperationContext{
		OperationName:          params.OperationName,
		Extensions:             params.Extensions,
		Headers:                params.Headers,
		DisableIntrospection:   !e.cfg.Dev,
		RecoverFunc:            e.cfg.Recover,
		ResolverMiddleware:     resolve,
		RootResolverMiddleware: resolveRoot,
	}
	text, err := e.documents.text(params)
	if err != nil {
		return op, gqlerror.List{err}
	}
	op.RawQuery = text
	doc, cached, errs := e.document(text)
	if errs != nil {
		return op, errs
	}
	plan, err := doc.plan(params.OperationName)
	if err != nil {
		return op, gqlerror.List{err}
	}
	caller := access.CallerFrom(ctx)
	if err := plan.authorize(caller.Principal); err != nil {
		return op, gqlerror.List{err}
	}
	if !cached {
		if errs := e.validate(doc); errs != nil {
			return op, errs
		}
		e.documents.put(text, doc)
	}
	op.Doc, op.Operation = doc.ast, plan.operation
	if op.Variables, errs = e.variables(plan.operation, params.Variables); errs != nil {
		return op, errs
	}
	charge, err := e.charge(caller, plan, op.Variables)
	if charge != nil {
		charge.deprecations = e.deprecatedIn(plan, params.Variables)
		op.Stats.SetExtension(chargeKey, charge)
	}
	if err != nil {
		return op, gqlerror.List{err}
	}
	return op, nil
}

// document is the document of a text, from the cache or parsed and measured but
// not yet validated.
func (e *Executor) document(text string) (doc *document, cached bool, errs gqlerror.List) {
	if doc, ok := e.documents.get(text); ok {
		return doc, true, nil
	}
	parsed, err := parse(text, e.cfg.Limits)
	if err != nil {
		return nil, false, gqlerror.List{err}
	}
	doc, err = e.roots.plan(parsed, e.cfg.Limits)
	if err != nil {
		return nil, false, gqlerror.List{err}
	}
	return doc, false, nil
}

func (e *Executor) validate(doc *document) gqlerror.List {
	rules := productionRules
	if e.cfg.Dev {
		rules = helpfulRules
	}
	errs := validator.ValidateWithRules(e.cfg.Schema.Schema(), doc.ast, rules)
	for _, err := range errs {
		setCode(err, CodeValidationFailed)
	}
	if len(errs) > 0 {
		return capped(errs, e.cfg.Limits.Errors)
	}
	for _, plan := range doc.plans {
		plan.cost, plan.deprecated = e.measure(plan), e.deprecated(plan.operation)
		if e.cfg.Direct != nil {
			plan.direct = e.cfg.Direct(plan.operation)
		}
	}
	return nil
}

func (e *Executor) variables(op *ast.OperationDefinition, given map[string]any) (map[string]any, gqlerror.List) {
	vars, err := validator.VariableValues(e.cfg.Schema.Schema(), op, given)
	if err == nil {
		return vars, nil
	}
	failed := asGraphQL(err, "the variables do not fit the operation")
	setCode(failed, CodeValidationFailed)
	return nil, gqlerror.List{failed}
}

// DispatchOperation runs an operation that CreateOperationContext readied. The
// first response settles its cost.
func (e *Executor) DispatchOperation(ctx context.Context, op *graphql.OperationContext) (graphql.ResponseHandler, context.Context) {
	charge, _ := op.Stats.GetExtension(chargeKey).(*charge)
	if charge != nil {
		if resp := charge.direct.answer(ctx); resp != nil {
			return graphql.OneShot(e.settled(ctx, resp, charge)), ctx
		}
	}
	subscription := op.Operation.Operation == ast.Subscription
	if !subscription {
		ctx = e.cfg.Scope(ctx)
	}
	next, ctx := e.Executor.DispatchOperation(ctx, op)
	return func(ctx context.Context) *graphql.Response {
		if subscription {
			ctx = e.cfg.Scope(ctx)
		}
		resp := next(ctx)
		if resp == nil {
			return nil
		}
		resp.Errors = capped(resp.Errors, e.cfg.Limits.Errors)
		if charge != nil {
			resp, charge = e.settled(ctx, resp, charge), nil
		}
		return resp
	}, ctx
}

// settled is a response with what it did cost.
func (e *Executor) settled(ctx context.Context, resp *graphql.Response, c *charge) *graphql.Response {
	c.settle(e.buckets, e.cfg.Clock.Now(), resp.Data)
	resp.Extensions = map[string]any{"cost": c.report}
	if len(c.deprecations) > 0 {
		resp.Extensions["deprecations"] = c.deprecations
	}
	e.used(ctx, Use{Cost: c.report.Actual, Failed: len(resp.Errors) > 0, Deprecated: len(c.deprecations) > 0})
	return resp
}

func (e *Executor) used(ctx context.Context, u Use) {
	if e.cfg.Used != nil {
		e.cfg.Used(access.From(ctx), u)
	}
}

// DispatchError is the response to an operation that did not get as far as running.
func (e *Executor) DispatchError(ctx context.Context, errs gqlerror.List) *graphql.Response {
	resp := e.Executor.DispatchError(ctx, errs)
	throttled := slices.ContainsFunc(errs, func(err *gqlerror.Error) bool { return fault.Is(err.Err, fault.Throttled) })
	e.used(ctx, Use{Throttled: throttled, Failed: !throttled})
	if graphql.HasOperationContext(ctx) {
		if charge, ok := graphql.GetOperationContext(ctx).Stats.GetExtension(chargeKey).(*charge); ok {
			resp.Extensions = map[string]any{"cost": charge.report}
		}
	}
	return resp
}

// IsQuery reports whether an operation that was readied only reads.
func IsQuery(op *graphql.OperationContext) bool { return op.Operation.Operation == ast.Query }

// IsSubscription reports whether an operation that was readied is a stream.
func IsSubscription(op *graphql.OperationContext) bool {
	return op.Operation.Operation == ast.Subscription
}

// quietIntrospection words what gqlgen says while introspection is off. __type
// answers null: no type is known. __schema says where the schema stands.
func quietIntrospection(present graphql.ErrorPresenterFunc) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		fc := graphql.GetFieldContext(ctx)
		if fc == nil || fc.Field.Field == nil || !graphql.GetOperationContext(ctx).DisableIntrospection {
			return present(ctx, err)
		}
		switch fc.Field.Name {
		case "__type":
			return nil
		case "__schema":
			return refuse(CodeIntrospectionOff, "introspection is off; the schema is at /schema.graphql")
		}
		return present(ctx, err)
	}
}

func resolve(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) }

func resolveRoot(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) }

// capped cuts a list of errors, and says so in its last one.
func capped(errs gqlerror.List, most int) gqlerror.List {
	if len(errs) <= most {
		return errs
	}
	left := gqlerror.Errorf("%d further errors are left out", len(errs)-most)
	setCode(left, CodeLimitExceeded)
	return append(errs[:most:most], left)
}

func setCode(err *gqlerror.Error, code string) {
	if err.Extensions == nil {
		err.Extensions = map[string]any{}
	}
	err.Extensions["code"] = code
}

// asGraphQL is the error of the parser or validator, or a plain one in its place.
func asGraphQL(err error, otherwise string) *gqlerror.Error {
	var known *gqlerror.Error
	if errors.As(err, &known) {
		return known
	}
	return &gqlerror.Error{Message: otherwise}
}

func refuse(code, message string, args ...any) *gqlerror.Error {
	err := &gqlerror.Error{Message: fmt.Sprintf(message, args...)}
	setCode(err, code)
	return err
}
