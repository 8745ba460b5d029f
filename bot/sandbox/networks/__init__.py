"""Other networks on loopback: VK and YouTube after their schemas, with their errors, quotas and gaps."""
