package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	otelprometheus "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// telemetry is what the program tells about itself: metrics for Prometheus, and
// a trace id for every request, which the log lines of that request carry.
type telemetry struct {
	registry *prometheus.Registry
	meters   *sdkmetric.MeterProvider
	traces   *sdktrace.TracerProvider
}

func newTelemetry(a *App) (*telemetry, error) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	exporter, err := otelprometheus.New(otelprometheus.WithRegisterer(registry))
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	t := &telemetry{
		registry: registry,
		meters:   sdkmetric.NewMeterProvider(sdkmetric.WithReader(exporter)),
		// Nobody collects spans yet: they have ids, for the log, and record nothing.
		traces: sdktrace.NewTracerProvider(sdktrace.WithSampler(sdktrace.NeverSample())),
	}
	return t, t.observe(a)
}

// observe adds the gauges that are read when somebody asks.
func (t *telemetry) observe(a *App) error {
	m := t.meters.Meter("github.com/meguri-crm/meguri")
	inUse, err1 := m.Int64ObservableGauge("meguri_db_connections_in_use", metric.WithDescription("Connections to Postgres that work at the moment, of both pools."))
	waits, err2 := m.Int64ObservableCounter("meguri_db_connection_waits", metric.WithDescription("How often a request had to wait for a connection."))
	watchers, err3 := m.Int64ObservableGauge("meguri_live_watchers", metric.WithDescription("Open subscriptions to live updates."))
	bookings, err4 := m.Int64ObservableCounter("meguri_point_bookings_together", metric.WithDescription("Bookings of points that were made together with those asked for at the same time."))
	spoiled, err5 := m.Int64ObservableCounter("meguri_point_transactions_spoiled", metric.WithDescription("Transactions for several bookings of points that failed as a whole, so that each was booked alone."))
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	_, err := m.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		used, waited := a.DB.Load()
		o.ObserveInt64(inUse, used)
		o.ObserveInt64(waits, waited)
		o.ObserveInt64(watchers, int64(a.Hub.Watchers()))
		tally := a.Points.Tally()
		o.ObserveInt64(bookings, tally.Booked)
		o.ObserveInt64(spoiled, tally.Spoiled)
		return nil
	}, inUse, waits, watchers, bookings, spoiled)
	return err
}

func (t *telemetry) handler() http.Handler {
	return promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{})
}

func (t *telemetry) shutdown(ctx context.Context) error {
	return errors.Join(t.meters.Shutdown(ctx), t.traces.Shutdown(ctx))
}
