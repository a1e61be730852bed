-- One weight after another for patients that are there, each under a key of its own.
local token = os.getenv("BENCH_TOKEN")
local patients = {}
for line in io.lines(os.getenv("BENCH_PATIENTS")) do patients[#patients + 1] = line end
local run = os.getenv("BENCH_RUN")
local count = 0

request = function()
  count = count + 1
  local body = string.format(
    '{"weight":{"value":%d,"unit":"kg"},"measuredAt":"2026-01-%02dT%02d:%02d:00Z"}',
    60 + count % 40, 1 + count % 28, math.floor(count / 28) % 24, math.floor(count / 672) % 60)
  return wrk.format("POST", "/v1/patients/" .. patients[count % #patients + 1] .. "/measurements", {
    ["Authorization"] = "Bearer " .. token,
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = run .. "-" .. count,
  }, body)
end
