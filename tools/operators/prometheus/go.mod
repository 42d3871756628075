module hearth.local/operators/prometheus

go 1.26.3

require github.com/prometheus/prometheus v0.314.0
