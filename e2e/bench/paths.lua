-- A random one of the prefixes, requests made beforehand.  wrk … -- WHAT PREFIXES [BYTES]: with BYTES it is a POST.
local requests = {}
local next = 0

init = function(args)
  local what, prefixes, bytes = args[1], tonumber(args[2]), tonumber(args[3])
  math.randomseed(7)
  for i = 1, 1000 do
    local path = string.format("/service-%04d/items/%d/%s", math.random(0, prefixes - 1), i, what)
    requests[i] = wrk.format(bytes and "POST" or "GET", path, nil, bytes and string.rep("x", bytes))
  end
end

request = function()
  next = next % 1000 + 1
  return requests[next]
end
