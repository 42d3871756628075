import type { Case } from "../promtool";

export const ollamaCases: readonly Case[] = [
  {
    says: "callers that are turned away are told",
    alert: "OllamaRefuses",
    series: { 'ollama_requests_total{namespace="ollama", path="/api/chat", code="503"}': "0+1x40" },
    at: "30m",
    fires: [{ namespace: "ollama", severity: "warning" }],
  },
  {
    says: "callers that go away by themselves are not",
    alert: "OllamaRefuses",
    series: { 'ollama_requests_total{namespace="ollama", path="/api/chat", code="499"}': "0+1x40", 'ollama_requests_total{namespace="ollama", path="/api/chat", code="503"}': "3x40" },
    at: "30m",
  },
  {
    says: "callers that wait for minutes are told",
    alert: "OllamaSlowToAnswer",
    series: {
      'ollama_first_byte_seconds_bucket{namespace="ollama", path="/api/chat", le="60"}': "0+1x90",
      'ollama_first_byte_seconds_bucket{namespace="ollama", path="/api/chat", le="120"}': "0+4x90",
      'ollama_first_byte_seconds_bucket{namespace="ollama", path="/api/chat", le="+Inf"}': "0+4x90",
    },
    at: "80m",
    fires: [{ namespace: "ollama", severity: "warning" }],
  },
  {
    says: "a first call that loads the model is not",
    alert: "OllamaSlowToAnswer",
    series: {
      'ollama_first_byte_seconds_bucket{namespace="ollama", path="/api/chat", le="60"}': "0+40x90",
      'ollama_first_byte_seconds_bucket{namespace="ollama", path="/api/chat", le="120"}': "0+41x90",
      'ollama_first_byte_seconds_bucket{namespace="ollama", path="/api/chat", le="+Inf"}': "0+41x90",
    },
    at: "80m",
  },
  {
    says: "a model that its GPU does not hold is named",
    alert: "OllamaModelSpills",
    series: {
      'ollama_model_bytes{namespace="ollama", model="qwen3:32b"}': "24e9x40",
      'ollama_model_gpu_bytes{namespace="ollama", model="qwen3:32b"}': "18e9x40",
      'ollama_model_bytes{namespace="ollama", model="llama3.3:70b"}': "44e9x40",
      'ollama_model_gpu_bytes{namespace="ollama", model="llama3.3:70b"}': "44e9x40",
    },
    at: "30m",
    fires: [{ namespace: "ollama", model: "qwen3:32b", severity: "warning" }],
  },
];
