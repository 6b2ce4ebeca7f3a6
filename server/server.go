// Package server is the running program.
//
// It owns the configuration, the composition root (app.go, the one place that
// knows every part), the routes, health, telemetry, the delivery of the SPA,
// and an orderly start and stop. It promises that a stop loses nothing that was
// accepted: requests end, open streams are told, jobs finish or are given back.
// It leaves the rules to crm, GraphQL to graph, and the command line to
// server/command.
package server
