# The ways to build, check and run Meguri. `make` alone lists them.

GOLANGCI := bin/golangci-lint-2.6.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.1.4
# Packages with benchmarks.
BENCH = $(shell grep -rl --include='*_test.go' '^func Benchmark' crm graph server | xargs -rn1 dirname | sort -u | sed 's|^|./|')
SPA_SOURCES := $(shell find frontend/src frontend/public -type f -not -name '*.test.ts*' 2>/dev/null) frontend/index.html frontend/ide.html frontend/member.html vite.config.ts tsconfig.json postcss.config.js package-lock.json

.DEFAULT_GOAL := help
.PHONY: help run build generate lint verify test e2e bench soak

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build and start the server; prints where, and the sign-in
	@bin/meguri serve

build: frontend/dist/index.html ## bin/meguri with the application inside
	@mkdir -p bin
	@echo "building bin/meguri$$(test -e bin/meguri || echo '; the first time the compiler works for some minutes')"
	@go build -trimpath -o bin/meguri .

# What npm installs, made again when the lock file changes.
node_modules/.installed: package.json package-lock.json .npmrc scripts/setup
	@scripts/setup
	@touch $@

frontend/dist/index.html: node_modules/.installed $(SPA_SOURCES)
	@echo "building the application for the browser"
	@npm run --silent build
	@touch frontend/dist/.gitkeep $@ # the build empties the folder

generate: node_modules/.installed ## models, resolvers, the published contract, the SPA's types
	go tool gqlgen generate
	go run ./graph/internal/compose
	npm run --silent codegen

lint: node_modules/.installed $(GOLANGCI) ## Go and TypeScript; known vulnerabilities are reported
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "these files are not formatted: gofmt -w"; exit 1; }
	$(GOLANGCI) run --allow-parallel-runners ./...
	npm run --silent lint
	@scripts/report-vulnerabilities $(GOVULNCHECK)

$(GOLANGCI):
	@mkdir -p bin
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.6.0
	@mv bin/golangci-lint $@

verify: node_modules/.installed ## generated code and contract are fresh, modules are tidy
	@scripts/verify

test: build ## all tests: Go, the SPA, the journey; what takes long is left to soak
	go test -skip '^TestSoak' ./...
	npm run --silent test
	@$(MAKE) --no-print-directory e2e

e2e: build ## the journey in a real Chromium
	@scripts/setup browser
	npm run --silent e2e

# A benchmark measures the product and its floor in the same run and reports
# the metric "ratio".
bench: node_modules/.installed ## promises of speed beside their floors
	go test -run '^$$' -bench . -benchtime 1x -timeout 60m $(BENCH)

soak: node_modules/.installed ## what takes long: TestSoak… with the race detector, fuzzing
	go test -race -run '^TestSoak' -timeout 60m ./...
	@scripts/fuzz 60s
