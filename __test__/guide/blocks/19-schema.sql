-- Database schema for session management
CREATE TABLE xui_sessions (
    id VARCHAR(255) PRIMARY KEY,
    session_data TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
);

-- Index for cleanup
CREATE INDEX idx_expires_at ON xui_sessions(expires_at);

-- Client management schema
CREATE TABLE clients (
    id INT AUTO_INCREMENT PRIMARY KEY,
    uuid VARCHAR(36) UNIQUE NOT NULL,
    email VARCHAR(100) NOT NULL,
    inbound_id INT NOT NULL,
    credentials JSON,
    upload_bytes BIGINT DEFAULT 0,
    download_bytes BIGINT DEFAULT 0,
    total_bytes BIGINT DEFAULT 0,
    limit_ip INT DEFAULT 0,
    total_gb INT DEFAULT 0,
    expiry_time BIGINT DEFAULT 0,
    status ENUM('active', 'suspended', 'expired') DEFAULT 'active',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
);
